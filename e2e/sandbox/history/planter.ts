import { uuidOf } from '../world/chance.ts';
import { isoSeconds } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';
import type { Actor } from './actors.ts';
import type { AuditRecord, ExcludedReason, Label, Linkage, Planted, PropertyChange } from './record.ts';

/** Where a citation is written. Old values, names and other properties cite nothing. */
export type Place = 'description' | 'notes' | 'comment' | 'context' | 'message';

/** What a change cites and what that must come to. */
export type Citation = {
  readonly text: string;
  readonly linkage: Exclude<Linkage, 'not_applicable'>;
  readonly citations: readonly string[];
  readonly marks?: readonly string[];
};

export type Target = {
  readonly entityType: string;
  readonly id: string;
  readonly name?: string | undefined /** The true name at the event. */;
  readonly nameAtEvent?: string | null;
  readonly uri?: string;
};

export type Event = {
  readonly key: string;
  readonly at: number;
  readonly actor: Actor;
  readonly service: string;
  readonly action: string;
  readonly target: Target;
  readonly changes?: readonly PropertyChange[];
  readonly context?: Record<string, string>;
  readonly marks?: readonly string[];
  readonly initiating?: string;
  readonly initiator?: boolean;
  readonly status?: 'SUCCESS' | 'WARNING' | null;
  readonly extra?: Record<string, unknown>;
  readonly visibleAt?: number;
};

export const NO_CITATION: Citation = { text: '', linkage: 'unlinked', citations: [] };

/** Makes audit records together with their labels: each method is one answer to "does this count, and why not". */
export class Planter {
  readonly planted: Planted[] = [];
  /** Records that share a correlation id: small cascades. */
  readonly correlated: {
    readonly id: string;
    readonly actorId: string | null;
    readonly auditIds: readonly string[];
  }[] = [];
  private counter = 0;
  private readonly world: World;

  constructor(world: World) {
    this.world = world;
  }

  /** An accountable change: USER level, not failed, not a read. */
  change(event: Event, cite: Citation = NO_CITATION, place: Place = 'context'): Planted {
    const cited = withCitation(event, cite, place);
    const record = this.record(cited, 'USER', event.status === undefined ? 'SUCCESS' : event.status);
    return this.keep(event, record, {
      accountable: true,
      excludedReason: null,
      linkage: cite.linkage,
      citations: cite.citations,
      marks: cite.marks ?? [],
    });
  }

  /** A record of the platform itself: never accountable, whatever it says. */
  platform(event: Event): Planted {
    return this.excluded(event, 'SYSTEM', 'SUCCESS', 'platform');
  }

  /** A record of Genesys' own staff. */
  internal(event: Event): Planted {
    return this.excluded(event, 'GENESYS_INTERNAL', 'SUCCESS', 'genesys_internal');
  }

  /** Something that was tried and refused. */
  failure(event: Event): Planted {
    return this.excluded(event, 'USER', 'FAILURE', 'failure');
  }

  /** Something that was only looked at, run or signed in to. */
  read(event: Event): Planted {
    return this.excluded(event, 'USER', 'SUCCESS', 'read');
  }

  private excluded(event: Event, level: string, status: string, reason: ExcludedReason): Planted {
    return this.keep(event, this.record(event, level, status), {
      accountable: false,
      excludedReason: reason,
      linkage: 'not_applicable',
      citations: [],
      marks: [],
    });
  }

  private record(event: Event, level: string, status: string | null): AuditRecord {
    const { actor, target } = event;
    this.counter += 1;
    return {
      id: uuidOf(this.world.seed, `audit/${event.key}/${this.counter}`),
      ...(actor.homeOrgId === null ? {} : { userHomeOrgId: actor.homeOrgId }),
      user: actor.userId === null ? {} : { id: actor.userId, selfUri: `/api/v2/users/${actor.userId}` },
      client:
        actor.clientId === ''
          ? { id: '' }
          : { id: actor.clientId, selfUri: `/api/v2/oauth/clients/${actor.clientId}` },
      remoteIp: [...actor.ips],
      serviceName: event.service,
      level,
      eventDate: isoSeconds(event.at),
      action: event.action,
      entity: {
        id: target.id,
        ...(target.name === undefined ? {} : { name: target.name }),
        ...(target.uri === undefined ? {} : { selfUri: target.uri }),
      },
      entityType: target.entityType,
      ...(status === null ? {} : { status }),
      application: '',
      initiatingAction:
        event.initiating === undefined ? {} : { transactionId: event.initiating, actionContext: 'INITIATED' },
      transactionInitiator: event.initiator ?? false,
      propertyChanges: (event.changes ?? []).map((change) => ({ ...change })),
      context: { ...event.context },
      entityChanges: [],
      ...event.extra,
    };
  }

  private keep(
    event: Event,
    record: AuditRecord,
    fate: Pick<Label, 'accountable' | 'excludedReason' | 'linkage' | 'citations' | 'marks'>,
  ): Planted {
    const label: Label = {
      ...fate,
      marks: [event.key, ...(event.marks ?? []), ...fate.marks],
      actorKind: event.actor.kind,
      actorId: event.actor.id,
      entityId: event.target.id,
      entityNameAtEvent:
        event.target.nameAtEvent === undefined ? (event.target.name ?? null) : event.target.nameAtEvent,
    };
    const planted: Planted = {
      at: Date.parse(record.eventDate),
      record,
      label,
      visibleAt: event.visibleAt ?? Number.NEGATIVE_INFINITY,
    };
    this.planted.push(planted);
    return planted;
  }
}

function withCitation(event: Event, cite: Citation, place: Place): Event {
  if (cite.text === '') return event;
  if (place === 'context') return { ...event, context: { ...event.context, comment: cite.text } };
  if (place === 'message') {
    const message = {
      localizableMessageCode: 'audit.change',
      message: `Changed by an administrator. ${cite.text}`,
      messageWithParams: 'Changed by an administrator. {text}',
      messageParams: { text: 'see comment' },
    };
    return { ...event, extra: { ...event.extra, message } };
  }
  const property = place === 'comment' ? 'changeComment' : place;
  return {
    ...event,
    changes: [...(event.changes ?? []), { property, oldValues: [''], newValues: [cite.text] }],
  };
}

import { userId } from '../world/build.ts';
import { agentName } from '../world/cast.ts';
import { cycle, uuidOf } from '../world/chance.ts';
import { DAY, HISTORY_DAYS, isoSeconds, SECOND } from '../world/clock.ts';
import type { World } from '../world/shapes.ts';
import { person } from './actors.ts';
import { ADMINISTRATORS } from './plant/routine.ts';
import type { Planted } from './record.ts';

/** Of ten bulk records five are the platform's, four cite the standing order OPS-3, one cites nothing. */
export const BULK_OF_TEN = { platform: 5, linked: 4, unlinked: 1 } as const;

/**
 * Extra plain records, spread evenly over the ninety days. Each is computed from its number when asked for, so a hundred
 * thousand cost nothing at the start.
 */
export class BulkRecords {
  readonly count: number;
  private readonly world: World;
  private readonly begin: number;

  constructor(world: World, count: number) {
    this.world = world;
    this.count = count;
    this.begin = world.anchor - HISTORY_DAYS * DAY;
  }

  at(index: number): number {
    const span = HISTORY_DAYS * DAY;
    return this.begin + Math.floor((index * span) / this.count / SECOND) * SECOND;
  }

  /** Numbers [first, end) of the records in [from, to). */
  range(from: number, to: number): { first: number; end: number } {
    return { first: this.lowest(from), end: this.lowest(to) };
  }

  /** How many bulk records fall on each UTC day, counted without making them. */
  byDay(): Record<string, number> {
    const days: Record<string, number> = {};
    for (let day = 0; day < HISTORY_DAYS; day += 1) {
      const begin = this.begin + day * DAY;
      // An anchor off midnight begins its days in the middle of a UTC day; then records are counted one by one.
      if (begin % DAY !== 0) return this.byDaySlowly();
      const { first, end } = this.range(begin, begin + DAY);
      if (end > first) days[isoSeconds(begin).slice(0, 10)] = end - first;
    }
    return days;
  }

  /** Counts over all bulk records, by construction. */
  counts(): { platform: number; linked: number; unlinked: number } {
    const { count } = this;
    const rest = count % 10;
    const tens = Math.floor(count / 10);
    return {
      platform: tens * 5 + Math.min(rest, 5),
      linked: tens * 4 + Math.max(0, Math.min(rest - 5, 4)),
      unlinked: tens,
    };
  }

  make(index: number): Planted {
    const { world } = this;
    const at = this.at(index);
    const name = agentName(index % 90);
    const digit = index % 10;
    const isPlatform = digit < 5;
    const isLinked = digit < 9 && !isPlatform;
    const actor = person(world, cycle(ADMINISTRATORS, Math.floor(index / 10) * 5 + digit));
    const entity = { id: userId(world, name), name: '', selfUri: `/api/v2/users/${userId(world, name)}` };
    const base = {
      id: uuidOf(world.seed, `bulk/${index}`),
      serviceName: 'ContactCenter',
      eventDate: isoSeconds(at),
      action: 'Update',
      entity,
      entityType: 'AgentRoutingInfo',
      status: 'SUCCESS',
      application: '',
      initiatingAction: {},
      transactionInitiator: false,
      entityChanges: [],
    };
    const label = { entityId: entity.id, entityNameAtEvent: name, marks: ['bulk-filler'] };
    if (isPlatform) {
      const record = {
        ...base,
        serviceName: 'Directory',
        entityType: 'User',
        user: {},
        client: { id: '' },
        remoteIp: [],
        level: 'SYSTEM',
        propertyChanges: [{ property: 'version', oldValues: ['1'], newValues: ['2'] }],
        context: {},
      };
      return {
        at,
        record,
        visibleAt: Number.NEGATIVE_INFINITY,
        label: {
          ...label,
          accountable: false,
          excludedReason: 'platform',
          linkage: 'not_applicable',
          actorKind: 'platform',
          actorId: null,
          citations: [],
        },
      };
    }
    const record = {
      ...base,
      userHomeOrgId: world.orgId,
      user: { id: actor.userId ?? '', selfUri: `/api/v2/users/${actor.userId}` },
      client: { id: '' },
      remoteIp: [...actor.ips],
      level: 'USER',
      propertyChanges: [{ property: 'utilization', oldValues: ['1'], newValues: [String(index % 7)] }],
      context: (isLinked ? { comment: 'Standing order OPS-3' } : {}) as Record<string, string>,
    };
    return {
      at,
      record,
      visibleAt: Number.NEGATIVE_INFINITY,
      label: {
        ...label,
        accountable: true,
        excludedReason: null,
        linkage: isLinked ? 'linked' : 'unlinked',
        actorKind: 'person',
        actorId: actor.id,
        citations: isLinked ? ['OPS-3'] : [],
      },
    };
  }

  private byDaySlowly(): Record<string, number> {
    const days: Record<string, number> = {};
    for (let index = 0; index < this.count; index += 1) {
      const day = isoSeconds(this.at(index)).slice(0, 10);
      days[day] = (days[day] ?? 0) + 1;
    }
    return days;
  }

  /** The lowest number whose record is not before the instant. */
  private lowest(instant: number): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

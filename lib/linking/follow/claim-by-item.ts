import type { NamedObject } from '@/lib/connectors/model/moved-ticket';
import type { TicketSource } from '@/lib/connectors/ticket-source';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { judgeBatch } from '../judge-batch';
import { type LinkDependencies, RELINK_DAYS } from '../link-changes';
import { citationKey, withFound } from '../model/citation';
import type { Finding } from '../model/claim';
import { judgeClaim } from '../model/judge-claim';
import { readCitations } from '../model/read-citations';
import { windowsOf } from '../near-windows';
import { type ChangePlace, type ChangeToLink, readPlaces } from '../store/changes-to-link';
import { itemCitation } from '../store/citations';
import type { Lookup, TicketToKeep } from '../store/sources-read';
import {
  dueObjects,
  lookedUpObjects,
  objectsDueAgain,
  unclaimedChanges,
  unclaimedObjects,
} from '../store/watched-objects';

/** Objects asked for in one go: the source asks for a dozen at a time. */
const OBJECTS = 120;
const CHANGES = 500;
/** What one run asks for at most; the next one goes on. */
const MAX_OBJECTS = 6_000;

const itemLog = log.child({ room: 'linking' });

export type ItemRun = {
  /** Objects that were asked for. */
  readonly objects: number;
  /** Changes that got a claim. */
  readonly claimed: number;
  /** Those of them that are linked by it. */
  readonly linked: number;
  readonly written: number;
  /** Why the source could not be asked; null where it was. */
  readonly down: string | null;
  readonly stopped: boolean;
};

/**
 * Holds changes with no better claim against change requests whose configuration item is the changed object, by id or by a name
 * it bore: one that was approved with a window around the change, or in state Implement, speaks for it, with less confidence.
 * Only objects of accountable unlinked changes are asked for, each once until it is changed again.
 */
export async function claimByItem(
  orgId: string,
  dependencies: LinkDependencies,
  options: { readonly from?: Date; readonly maxObjects?: number } = {},
): Promise<ItemRun> {
  const { db, sources, signal, now } = dependencies;
  const source = sources.servicenow;
  const total = { objects: 0, claimed: 0, linked: 0, written: 0 };
  if (source === null) return { ...total, down: null, stopped: false };
  const from = options.from ?? new Date(0);
  let seen = 0;
  let after = '';
  while (signal?.aborted !== true && seen < (options.maxObjects ?? MAX_OBJECTS)) {
    const ids = await dueObjects(db.sql, { orgId, after, limit: OBJECTS });
    const last = ids.at(-1);
    if (last === undefined) break;
    after = last;
    seen += ids.length;
    const begunAt = now();
    const objects = await unclaimedObjects(db.sql, { orgId, objectIds: ids, from });
    const asked = await claimObjects(orgId, { source, objects, from }, dependencies);
    total.objects += objects.length;
    total.claimed += asked.claimed;
    total.linked += asked.linked;
    total.written += asked.written;
    if (asked.down !== null) {
      itemLog.warn({ orgId, because: asked.down }, 'configuration items cannot be asked for');
      return { ...total, down: asked.down, stopped: false };
    }
    await lookedUpObjects(db.sql, { orgId, objectIds: ids, at: begunAt });
  }
  if (total.claimed > 0) itemLog.info({ orgId, ...total }, 'changes claimed by configuration item');
  return { ...total, down: null, stopped: signal?.aborted === true };
}

/** Makes the objects of unlinked changes of the last 30 days due again, for the sweep. Returns how many. */
export function itemsDueAgain(orgId: string, { db, now }: LinkDependencies): Promise<number> {
  return objectsDueAgain(db.sql, orgId, addMs(now(), -RELINK_DAYS * DAY_MS));
}

async function claimObjects(
  orgId: string,
  asked: { readonly source: TicketSource; readonly objects: readonly NamedObject[]; readonly from: Date },
  dependencies: LinkDependencies,
): Promise<{ claimed: number; linked: number; written: number; down: string | null }> {
  const { source, objects, from } = asked;
  const total = { claimed: 0, linked: 0, written: 0 };
  if (objects.length === 0) return { ...total, down: null };
  const named = await source.findByItem(objects);
  for (const object of objects) {
    const answer = named.get(object.id);
    if (answer?.kind !== 'known') return { ...total, down: answer?.because ?? 'not asked' };
    if (answer.value.length === 0) continue;
    const read = await source.findTickets(answer.value);
    const tickets: TicketToKeep[] = [];
    for (const one of read.values()) {
      if (one.kind !== 'known') return { ...total, down: one.because };
      if (one.value !== null) tickets.push(one.value);
    }
    let after: ChangePlace | null = null;
    for (;;) {
      const places: ChangePlace[] = await unclaimedChanges(dependencies.db.sql, {
        orgId,
        objectId: object.id,
        from,
        after,
        limit: CHANGES,
      });
      const batch = await claimPlaces(orgId, { places, tickets }, dependencies);
      total.claimed += batch.claimed;
      total.linked += batch.linked;
      total.written += batch.written;
      after = places.at(-1) ?? null;
      if (after === null || places.length < CHANGES) break;
    }
  }
  return { ...total, down: null };
}

async function claimPlaces(
  orgId: string,
  asked: { readonly places: readonly ChangePlace[]; readonly tickets: readonly TicketToKeep[] },
  dependencies: LinkDependencies,
): Promise<{ claimed: number; linked: number; written: number }> {
  const { db, policy, now } = dependencies;
  const at = now();
  const changes = await readPlaces(db.sql, orgId, asked.places);
  const cited = changes.flatMap((change) => {
    const found = asked.tickets.filter((one) => speaksFor(one, change, at));
    if (found.length === 0) return [];
    const items = found.map(({ ticket }) => itemCitation(ticket.key));
    return [{ change, found, citations: withFound(readCitations(change.citableText), items) }];
  });
  if (cited.length === 0) return { claimed: 0, linked: 0, written: 0 };
  const used = new Map(cited.flatMap(({ found }) => found.map((one) => [one.ticket.key, one] as const)));
  const findings = new Map<string, Finding>(
    [...used].map(([key, { ticket }]) => [citationKey(itemCitation(key)), { kind: 'ticket', ticket }]),
  );
  const { linked, written } = await db.transaction((sql) =>
    judgeBatch(sql, {
      orgId,
      cited,
      findingOf: (one) =>
        findings.get(citationKey(one)) ?? { kind: 'not_evaluated', because: 'not looked up yet' },
      looked: {
        tickets: [...used.values()],
        commits: [],
        lookups: [...used.keys()].map((key): Lookup => ({ system: 'servicenow', key, outcome: 'found' })),
      },
      policy,
      windows: windowsOf(dependencies),
      now: at,
      occasion: { cause: 'first_look', ticket: null },
    }),
  );
  return { claimed: cited.length, linked, written };
}

function speaksFor({ ticket }: TicketToKeep, change: ChangeToLink, now: Date): boolean {
  const target = {
    at: change.eventDate,
    entityId: change.entityId,
    entityType: change.entityType,
    entityNames: change.entityNames,
  };
  return judgeClaim(itemCitation(ticket.key), { kind: 'ticket', ticket }, { change: target, now }) !== null;
}

import type { Database } from '@/lib/db/connection';
import { recordFromEvents } from '@/lib/directory/record-from-events';
import { renamedSince } from '@/lib/directory/renamed-since';
import { messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import type { Vault } from '@/lib/vault/vault';
import { enrichChanges } from '../ingest/enrich-changes';
import { ingestBatch } from '../ingest/ingest-pages';
import { loadKnowledge } from '../ingest/load-knowledge';
import type { OrgKnowledge } from '../ingest/org-knowledge';
import type { IncomingPage } from '../ingest/prepare-batch';
import { taughtBy } from '../ingest/teach-directory';
import { packEvents } from '../model/push/cut-events';
import {
  markTaken,
  organizationsWaiting,
  type Packed,
  type WaitingEvent,
  waitingEvents,
} from '../store/push/spool';

/** One batch is one page of the vault and one transaction: small enough that the first of many is seen at once. */
const BATCH_EVENTS = 2_000;
const BATCH_BYTES = 8 * 1024 * 1024;

export type TakeDeps = { readonly db: Database; readonly vault: Pick<Vault, 'putOnce' | 'get'> };

export type TakenOrg = {
  readonly orgId: string;
  /** Events packed. */
  readonly taken: number;
  /** Changes that were not known before, by their event time: where later stages have something to do. */
  readonly newChanges: number;
  readonly unreadable: number;
  readonly from: Date | null;
  readonly to: Date | null;
};

/**
 * Packs the events that wait in the spool into pages and keeps them like pages of a pull: provisional changes, each once by its
 * audit id, with the names of their moment. The page, its changes and the note that the events are packed commit together, so
 * that a kill anywhere loses no event and doubles none. Answers which organisations were touched.
 *
 * One organisation's failure does not keep the others waiting, and is thrown only where nothing could be taken at all.
 */
export async function takePush(
  deps: TakeDeps,
  asked: { readonly orgId?: string | undefined; readonly now?: Date; readonly signal?: AbortSignal } = {},
): Promise<readonly TakenOrg[]> {
  const waiting = await organizationsWaiting(deps.db.sql);
  const done: TakenOrg[] = [];
  let failed: unknown = null;
  for (const orgId of waiting.filter(
    (one) => asked.orgId === undefined || one === asked.orgId.toLowerCase(),
  )) {
    if (asked.signal?.aborted) break;
    try {
      done.push(await withPushLock(deps.db, orgId, () => takeAll(deps, orgId, asked)));
    } catch (thrown) {
      log.warn({ room: 'changes', orgId, reason: messageOf(thrown) }, 'pushed events were not taken');
      failed ??= thrown;
    }
  }
  // Who has something new must hear of it; what failed is found by the sweep.
  if (failed !== null && done.length === 0) throw failed;
  return done;
}

async function takeAll(
  deps: TakeDeps,
  orgId: string,
  { now: told, signal }: { readonly now?: Date; readonly signal?: AbortSignal },
): Promise<TakenOrg> {
  const now = () => told ?? new Date();
  const startedAt = now();
  const knowledge = await loadKnowledge(deps.db.sql, orgId, startedAt);
  const total = { orgId, taken: 0, newChanges: 0, unreadable: 0 };
  let from: Date | null = null;
  let to: Date | null = null;
  while (!signal?.aborted) {
    const events = await waitingEvents(deps.db.sql, { orgId, events: BATCH_EVENTS, bytes: BATCH_BYTES });
    if (events.length === 0) break;
    const ingested = await takeBatch(deps, { events, knowledge, now: now() });
    total.taken += events.length;
    total.newChanges += ingested.fresh.length;
    total.unreadable += ingested.unreadable.length;
    for (const { change } of ingested.fresh) {
      if (from === null || change.eventDate < from) from = change.eventDate;
      if (to === null || change.eventDate > to) to = change.eventDate;
    }
  }
  // A renaming among them names what came before or with it.
  const naming = from === null ? [] : await renamedSince(deps.db.sql, orgId, startedAt);
  if (from !== null && naming.length > 0)
    await enrichChanges(deps.db, { orgId, from, to: now(), now: now(), naming });
  return { ...total, from, to };
}

async function takeBatch(
  deps: TakeDeps,
  batch: { readonly events: readonly WaitingEvent[]; readonly knowledge: OrgKnowledge; readonly now: Date },
) {
  const { knowledge, now } = batch;
  const sound = batch.events.filter((event) => !event.wholeBody);
  const packed = packEvents(sound.map((event) => event.bytes));
  const broken = batch.events.filter((event) => event.wholeBody);
  // A body that is no document stands as a page of its own: in an array it would spoil the others.
  const parts = [
    ...(sound.length === 0 ? [] : [{ bytes: packed.bytes, events: sound, offsets: packed.offsets }]),
    ...broken.map((event) => ({ bytes: event.bytes, events: [event], offsets: [0] })),
  ];
  const pages = parts.map((part, index): IncomingPage => {
    const times = part.events.map((event) => event.receivedAt);
    return {
      path: 'push',
      bytes: part.bytes,
      member: null,
      queryId: null,
      url: null,
      pageNumber: index + 1,
      receivedAt: new Date(Math.max(...times.map((time) => time.getTime()))),
      receivedEach: times,
    };
  });
  return ingestBatch({ ...deps, knowledge, now }, pages, async (sql, done) => {
    const places = parts.flatMap((part, index) =>
      part.events.map(
        (event, n): Packed => ({
          seq: event.seq,
          pageId: done.pageIds[index] ?? '',
          offset: part.offsets[n] ?? 0,
        }),
      ),
    );
    await markTaken(sql, places, now);
    // With the changes: the pull knows them then, and would not teach what was lost in between.
    const facts = done.fresh.flatMap((record) => taughtBy(record.change) ?? []);
    await recordFromEvents(sql, { orgId: knowledge.orgId, facts, now });
  });
}

/** One taker per organisation over all processes; the next one waits and then finds what came meanwhile. */
async function withPushLock<T>(db: Database, orgId: string, run: () => Promise<T>): Promise<T> {
  return db.withClient(async (client) => {
    const key = `tally.push:${orgId}`;
    await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [key]);
    try {
      return await run();
    } finally {
      await client.query('select pg_advisory_unlock(hashtextextended($1, 0))', [key]).catch((thrown) => {
        log.warn({ room: 'changes', reason: messageOf(thrown) }, 'push lock went with its connection');
      });
    }
  });
}

import type pg from 'pg';
import { type Database, sqlOf } from '@/lib/db/connection';
import { sqlState } from '@/lib/db/errors';
import type { Sql } from '@/lib/db/sql';
import type { Vault } from '@/lib/vault/vault';
import { insertAddresses, insertNames } from '../store/record/entity-names';
import { observe } from '../store/record/observations';
import { makePartitions } from '../store/record/partitions';
import { quarantine } from '../store/record/quarantine';
import { insertPages } from '../store/record/raw-pages';
import { type StagedRecord, stageRecords, writeStaged } from '../store/record/stage';
import { fillProvisional } from './fill-provisional';
import { noteSourceChanges } from './note-source-changes';
import type { OrgKnowledge } from './org-knowledge';
import { type IncomingPage, type LostPlace, type PreparedBatch, prepareBatch } from './prepare-batch';
import { type ReadRecord, stage } from './stage-records';

/** A batch's end is a transaction's end; larger ones are not faster (measured: 25k to 50k). */
export const BATCH_RECORDS = 25_000;

export type Ingested = {
  readonly records: readonly {
    readonly id: string;
    readonly service: string;
    readonly eventDate: Date;
    readonly isNew: boolean;
  }[];
  readonly unreadable: readonly LostPlace[];
  /** The new ones, with all that was made of them: what the directory learns from and alerts look at. */
  readonly fresh: readonly StagedRecord[];
  readonly pages: number;
  /** The ids of the pages, in the order they were handed in. */
  readonly pageIds: readonly string[];
};

export type IngestDeps = {
  readonly db: Database;
  readonly vault: Pick<Vault, 'putOnce' | 'get'>;
  readonly knowledge: OrgKnowledge;
  readonly now?: Date;
};

/**
 * Keeps one batch of pages: bytes into the vault, then in one transaction the pages, what is new of their records with its
 * changes, every sighting, what could not be read, and whatever `also` adds. Exactly once: a record seen again is known by
 * its id, a record seen again with other content is noted and never overwritten, and a push-born change gets from the pull
 * what the push does not carry.
 *
 * Pages of one batch are of one organisation and one path. Killed anywhere, it leaves all of the batch or nothing of it.
 */
export async function ingestBatch(
  deps: IngestDeps,
  pages: readonly IncomingPage[],
  also?: (sql: Sql, ingested: Ingested) => Promise<void>,
): Promise<Ingested> {
  const now = deps.now ?? new Date();
  const prepared = await prepareBatch(pages, { vault: deps.vault, knowledge: deps.knowledge, now });
  await makePartitions(
    deps.db,
    prepared.records.map((record) => record.change.eventDate),
  );
  return retryingDeadlocks(() =>
    deps.db.withClient((client) => commitBatch(client, deps.knowledge.orgId, { prepared, now, also })),
  );
}

/**
 * Keeps any number of pages of one organisation, in batches of about 25,000 records, `lanes` batches at a time. For backfills
 * from files and for measuring; the collector calls `ingestBatch` itself.
 */
export async function ingestPages(
  deps: IngestDeps,
  pages: AsyncIterable<IncomingPage> | Iterable<IncomingPage>,
  options: { readonly lanes?: number; readonly batchBytes?: number } = {},
): Promise<{
  readonly pages: number;
  readonly records: number;
  readonly newRecords: number;
  readonly unreadable: number;
}> {
  const { lanes = 2, batchBytes = BATCH_RECORDS * 1_500 } = options;
  const total = { pages: 0, records: 0, newRecords: 0, unreadable: 0 };
  const running = new Set<Promise<void>>();
  for await (const batch of batches(pages, batchBytes)) {
    const work: Promise<void> = ingestBatch(deps, batch).then((ingested) => {
      total.pages += ingested.pages;
      total.records += ingested.records.length;
      total.newRecords += ingested.fresh.length;
      total.unreadable += ingested.unreadable.length;
    });
    const lane: Promise<void> = work.finally(() => running.delete(lane));
    running.add(lane);
    if (running.size >= lanes) await Promise.race(running);
  }
  await Promise.all(running);
  return total;
}

/** Keeps one record whose page is kept already: what was quarantined and can be read by now. */
export async function ingestSlice(
  deps: IngestDeps,
  record: ReadRecord,
  also: (sql: Sql, ingested: Ingested) => Promise<void>,
): Promise<Ingested> {
  const now = deps.now ?? new Date();
  const records = await stage([record], deps.knowledge, now);
  await makePartitions(deps.db, [record.change.eventDate]);
  const prepared: PreparedBatch = { pages: [], records, again: [], unreadable: [], observations: [] };
  return retryingDeadlocks(() =>
    deps.db.withClient((client) => commitBatch(client, deps.knowledge.orgId, { prepared, now, also })),
  );
}

async function* batches(
  pages: AsyncIterable<IncomingPage> | Iterable<IncomingPage>,
  batchBytes: number,
): AsyncGenerator<IncomingPage[]> {
  let batch: IncomingPage[] = [];
  let size = 0;
  for await (const page of pages) {
    if (batch.length > 0 && (size + page.bytes.length > batchBytes || batch[0]?.path !== page.path)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(page);
    size += page.bytes.length;
  }
  if (batch.length > 0) yield batch;
}

async function commitBatch(
  client: pg.PoolClient,
  orgId: string,
  work: {
    prepared: PreparedBatch;
    now: Date;
    also: ((sql: Sql, ingested: Ingested) => Promise<void>) | undefined;
  },
): Promise<Ingested> {
  const { prepared, now } = work;
  const sql = sqlOf(client);
  await client.query('begin');
  await insertPages(sql, prepared.pages);
  let known = new Set<string>();
  if (prepared.records.length > 0) {
    await stageRecords(client, orgId, prepared.records);
    known = new Set(await writeStaged(client));
    const seenAgain = [
      ...prepared.records.filter((record) => known.has(record.change.id)),
      ...prepared.again,
    ];
    if (seenAgain.length > 0) {
      await noteSourceChanges(sql, orgId, seenAgain, now);
      await fillProvisional(
        sql,
        orgId,
        seenAgain.filter((record) => record.path !== 'push' && record.change.complete),
      );
    }
    const fresh = prepared.records.filter((record) => !known.has(record.change.id));
    await insertNames(sql, orgId, fresh);
    await insertAddresses(sql, orgId, fresh);
  }
  await quarantine(sql, orgId, prepared.unreadable);
  await observe(sql, orgId, prepared.observations, now);
  const ingested = ingestedOf(prepared, known);
  await work.also?.(sql, ingested);
  await client.query('commit');
  return ingested;
}

function ingestedOf(prepared: PreparedBatch, known: ReadonlySet<string>): Ingested {
  const records = prepared.records.map(({ change }) => ({
    id: change.id,
    service: change.service,
    eventDate: change.eventDate,
    isNew: !known.has(change.id),
  }));
  return {
    records,
    unreadable: prepared.unreadable.map((one) => one.place),
    fresh: prepared.records.filter((record) => !known.has(record.change.id)),
    pages: prepared.pages.length,
    pageIds: prepared.pages.map((page) => page.pageId),
  };
}

const ATTEMPTS = 4;

/** Keys are locked in one order, so deadlocks should not happen; one that does is a reason to try again, not to lose a batch. */
async function retryingDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (thrown) {
      const state = sqlState(thrown);
      if (attempt >= ATTEMPTS || (state !== '40P01' && state !== '40001')) throw thrown;
    }
  }
}

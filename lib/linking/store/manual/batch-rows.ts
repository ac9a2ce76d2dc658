import { z } from 'zod';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';

/** Name of the fact in the ledger's leaf. */
export const BATCH_FACT = 'link_batch';

export type LeftOut = { readonly id: string; readonly label: string; readonly because: string };

export type LinkBatch<Attached = unknown> = {
  readonly id: string;
  readonly orgId: string;
  readonly sessionId: string;
  readonly undoOf: string | null;
  readonly askedAt: Date;
  readonly askerId: string;
  readonly asker: string;
  readonly reason: string;
  readonly withCritical: boolean;
  /** What is attached to each change; null for an undo. */
  readonly what: Attached;
};

export type BatchProgress = {
  readonly state: 'waiting' | 'running' | 'done' | 'failed';
  readonly total: number;
  readonly done: number;
  readonly leftOut: readonly LeftOut[];
  readonly message: string | null;
  readonly updatedAt: Date;
};

const leftOutSchema = z.array(z.object({ id: z.string(), label: z.string(), because: z.string() }));

const COLUMNS = `b.id, b.org_id as "orgId", b.session_id as "sessionId", b.undo_of as "undoOf", b.asked_at as "askedAt", b.asker_id as "askerId", b.asker, b.reason,
  b.with_critical as "withCritical", b.what`;
const PROGRESS = `p.state, p.total, p.done, p.left_out as "leftOut", p.message, p.updated_at as "updatedAt"`;
type Row = LinkBatch & Omit<BatchProgress, 'leftOut'> & { readonly leftOut: unknown };
export type BatchWithProgress = LinkBatch & BatchProgress;

/** Appends a batch that waits to be carried out. Within a transaction; the database refuses a second undo. */
export async function insertBatch(sql: Sql, batch: Omit<LinkBatch, 'id'>): Promise<string> {
  const id = newId('linkBatch', batch.askedAt);
  const { askedAt, ...rest } = batch;
  const body = canonicalJson({ id, ...rest, askedAt: toIsoMs(askedAt) });
  const { salt, leafHash } = sealable({
    kind: BATCH_FACT,
    orgId: batch.orgId,
    factId: id,
    receivedAt: askedAt,
    bytes: body,
  });
  await sql.query(
    `insert into link_batch (id, org_id, session_id, undo_of, asked_at, asker_id, asker, reason, with_critical, what, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $5, $11, $12, $13)`,
    [
      id,
      batch.orgId,
      batch.sessionId,
      batch.undoOf,
      askedAt,
      batch.askerId,
      batch.asker,
      batch.reason,
      batch.withCritical,
      canonicalJson(batch.what),
      body,
      salt,
      leafHash,
    ],
  );
  await sql.query(
    `insert into link_batch_progress (batch_id, org_id, state, updated_at) values ($1, $2, 'waiting', $3)`,
    [id, batch.orgId, askedAt],
  );
  return id;
}

export async function batchById(sql: Sql, id: string): Promise<BatchWithProgress | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS}, ${PROGRESS} from link_batch b join link_batch_progress p on p.batch_id = b.id where b.id = $1`,
    [id],
  );
  return rows[0] === undefined ? null : batchFrom(rows[0]);
}

/** The batches of a session, the newest first, also under ids that it had before. */
export async function batchesOf(
  sql: Sql,
  orgIds: readonly string[],
  sessionIds: readonly string[],
): Promise<BatchWithProgress[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS}, ${PROGRESS} from link_batch b join link_batch_progress p on p.batch_id = b.id
     where b.org_id = any ($1::uuid[]) and b.session_id = any ($2::text[]) order by b.asked_at desc, b.id desc`,
    [orgIds, sessionIds],
  );
  return rows.map(batchFrom);
}

/** Batches that a lost job left behind, not touched since the instant. */
export async function strandedBatches(sql: Sql, before: Date): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select batch_id as id from link_batch_progress where state in ('waiting', 'running') and updated_at < $1 order by updated_at limit 100`,
    [before],
  );
  return rows.map((row) => row.id);
}

export async function keepProgress(sql: Sql, batchId: string, progress: BatchProgress): Promise<void> {
  await sql.query(
    `update link_batch_progress set state = $2, total = $3, done = $4, left_out = $5, message = $6, updated_at = $7 where batch_id = $1`,
    [
      batchId,
      progress.state,
      progress.total,
      progress.done,
      JSON.stringify(progress.leftOut),
      progress.message,
      progress.updatedAt,
    ],
  );
}

/** One run of a batch at a time. Within a transaction. */
export async function lockBatch(sql: Sql, id: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.link-batch:' || $1, 0))`, [id]);
}

/** Changes to which the batch was applied already. */
export async function changesOfBatch(
  sql: Sql,
  batchId: string,
): Promise<{ readonly changeId: string; readonly decisionId: string }[]> {
  return sql.query(
    `select change_id as "changeId", id as "decisionId" from link_decision where batch_id = $1 order by seq`,
    [batchId],
  );
}

function batchFrom(row: Row): BatchWithProgress {
  return { ...row, leftOut: leftOutSchema.parse(row.leftOut) };
}

import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { Path } from './stage';

/** Bytes that no change could be made from. */
export type Unreadable = {
  readonly path: Path;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly reason: string;
  readonly message: string;
  /** The first characters, safe to show. */
  readonly excerpt: string;
  readonly normaliserVersion: number;
  readonly receivedAt: Date;
};

/** Keeps unreadable bytes, once per content. Returns how many were not there before. */
export async function quarantine(sql: Sql, orgId: string, records: readonly Unreadable[]): Promise<number> {
  let added = 0;
  for (const record of records) {
    const id = newId('quarantine', record.receivedAt);
    const body = canonicalJson({
      ...record,
      id,
      orgId,
      sha256: record.sha256.toString('hex'),
      receivedAt: toIsoMs(record.receivedAt),
    });
    const seal = sealable({
      kind: 'quarantine',
      orgId,
      factId: id,
      receivedAt: record.receivedAt,
      bytes: body,
    });
    const rows = await sql.query(
      `insert into quarantine (id, org_id, source, page_id, byte_offset, byte_length, sha256, reason, message, excerpt, normaliser_version, received_at, body, salt, leaf_hash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) on conflict (org_id, sha256) do nothing returning id`,
      [
        id,
        orgId,
        record.path,
        record.pageId,
        record.offset,
        record.length,
        record.sha256,
        record.reason,
        record.message,
        record.excerpt,
        record.normaliserVersion,
        record.receivedAt,
        body,
        seal.salt,
        seal.leafHash,
      ],
    );
    added += rows.length;
  }
  return added;
}

export type ReplayOutcome = 'replayed' | 'already_known' | 'still_unreadable';

/** Appends one attempt to read quarantined bytes again. */
export async function recordReplay(
  sql: Sql,
  replay: {
    readonly quarantineId: string;
    readonly orgId: string;
    readonly outcome: ReplayOutcome;
    readonly message: string | null;
    readonly sourceId: string | null;
    readonly normaliserVersion: number;
    readonly at: Date;
  },
): Promise<void> {
  const rows = await sql.query<{ attempt: number }>(
    'select coalesce(max(attempt), 0)::integer + 1 as attempt from quarantine_replay where quarantine_id = $1',
    [replay.quarantineId],
  );
  const attempt = rows[0]?.attempt ?? 1;
  const body = canonicalJson({ ...replay, attempt, at: toIsoMs(replay.at) });
  const seal = sealable({
    kind: 'quarantine_replay',
    orgId: replay.orgId,
    factId: `${replay.quarantineId}/${attempt}`,
    receivedAt: replay.at,
    bytes: body,
  });
  await sql.query(
    `insert into quarantine_replay (quarantine_id, attempt, org_id, outcome, message, source_id, normaliser_version, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      replay.quarantineId,
      attempt,
      replay.orgId,
      replay.outcome,
      replay.message,
      replay.sourceId,
      replay.normaliserVersion,
      replay.at,
      body,
      seal.salt,
      seal.leafHash,
    ],
  );
}

/** Ids that were never read since, oldest first. */
export async function openQuarantine(sql: Sql, orgId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select id from quarantine q where org_id = $1
       and not exists (select 1 from quarantine_replay r where r.quarantine_id = q.id and r.outcome <> 'still_unreadable')
     order by received_at, id limit $2`,
    [orgId, limit],
  );
  return rows.map((row) => row.id);
}

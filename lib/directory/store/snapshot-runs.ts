import type { Sql } from '@/lib/db/sql';
import { sealable } from '@/lib/kernel/hash';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { SnapshotOutcome } from '../model/diff-snapshot';
import { RUN_FACT, runBody, type SnapshotRun } from '../model/snapshot-run';

type RunRow = {
  id: string;
  kind: DirectoryKind;
  taken_at: Date;
  started_at: Date;
  finished_at: Date;
  outcome: SnapshotOutcome;
  because: string | null;
  expected_total: number | null;
  total_before: number | null;
  total_after: number | null;
  read_count: number;
  duplicates: number;
  pages: number;
  attempts: number;
  added: number;
  changed: number;
  removed: number;
  present_after: number;
};

const COLUMNS = `id, kind, taken_at, started_at, finished_at, outcome, because, expected_total, total_before, total_after,
  read_count, duplicates, pages, attempts, added, changed, removed, present_after`;

/** Writes a run. One run per kind and instant: an earlier one makes this throw. */
export async function insertRun(sql: Sql, orgId: string, run: SnapshotRun, receivedAt: Date): Promise<void> {
  const body = runBody(run);
  const leaf = sealable({ kind: RUN_FACT, orgId, factId: run.id, receivedAt, bytes: body });
  const values = [
    orgId,
    run.id,
    run.kind,
    run.takenAt,
    run.startedAt,
    run.finishedAt,
    run.outcome,
    run.because,
    run.expectedTotal,
    run.totalBefore,
    run.totalAfter,
    run.readCount,
    run.duplicates,
    run.pages,
    run.attempts,
    run.added,
    run.changed,
    run.removed,
    run.presentAfter,
    body,
    leaf.sha256,
    receivedAt,
    leaf.salt,
    leaf.leafHash,
  ];
  await sql.query(
    `insert into snapshot_run (org_id, ${COLUMNS}, body, sha256, received_at, salt, leaf_hash)
     values (${values.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}

/** The newest run of a kind, whatever its outcome; null before the first. */
export async function loadNewestRun(
  sql: Sql,
  orgId: string,
  kind: DirectoryKind,
): Promise<SnapshotRun | null> {
  const [row] = await sql.query<RunRow>(
    `select ${COLUMNS} from snapshot_run where org_id = $1 and kind = $2 order by taken_at desc limit 1`,
    [orgId, kind],
  );
  return row ? toRun(row) : null;
}

/** The newest run of each kind taken at or before the instant. */
export async function loadRunsAt(sql: Sql, orgId: string, at: Date): Promise<readonly SnapshotRun[]> {
  const rows = await sql.query<RunRow>(
    `select distinct on (kind) ${COLUMNS} from snapshot_run where org_id = $1 and taken_at <= $2 order by kind, taken_at desc`,
    [orgId, at],
  );
  return rows.map(toRun);
}

/** A run with the organisation it belongs to, for lists over several. */
export type ListedRun = SnapshotRun & { readonly orgId: string };

/** The run of an id; row security decides whether it is seen. */
export async function loadRun(sql: Sql, id: string): Promise<ListedRun | null> {
  const [row] = await sql.query<RunRow & { org_id: string }>(
    `select org_id, ${COLUMNS} from snapshot_run where id = $1`,
    [id],
  );
  return row ? { ...toRun(row), orgId: row.org_id } : null;
}

/** Runs, newest first; `before` is the last row of the page before. */
export async function listRuns(
  sql: Sql,
  filter: {
    readonly orgIds: readonly string[];
    readonly kind?: DirectoryKind | undefined;
    readonly before?: { readonly takenAt: Date; readonly id: string } | undefined;
    readonly limit: number;
  },
): Promise<readonly ListedRun[]> {
  const rows = await sql.query<RunRow & { org_id: string }>(
    `select org_id, ${COLUMNS} from snapshot_run
     where org_id = any ($1::uuid[]) and ($2::text is null or kind = $2)
       and ($3::timestamptz is null or (taken_at, id) < ($3::timestamptz, $4::text))
     order by taken_at desc, id desc limit $5`,
    [
      filter.orgIds,
      filter.kind ?? null,
      filter.before?.takenAt ?? null,
      filter.before?.id ?? null,
      filter.limit,
    ],
  );
  return rows.map((row) => ({ ...toRun(row), orgId: row.org_id }));
}

function toRun(row: RunRow): SnapshotRun {
  return {
    id: row.id,
    kind: row.kind,
    takenAt: row.taken_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    outcome: row.outcome,
    because: row.because,
    expectedTotal: row.expected_total,
    totalBefore: row.total_before,
    totalAfter: row.total_after,
    readCount: row.read_count,
    duplicates: row.duplicates,
    pages: row.pages,
    attempts: row.attempts,
    added: row.added,
    changed: row.changed,
    removed: row.removed,
    presentAfter: row.present_after,
  };
}

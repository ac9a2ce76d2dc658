import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';

export type RunKind = 'sync' | 'backfill' | 'resweep';
export type RunState = 'running' | 'done' | 'failed' | 'interrupted';

export type Run = {
  readonly id: string;
  readonly orgId: string;
  readonly kind: RunKind;
  readonly state: RunState;
  readonly from: Date;
  readonly to: Date;
  readonly startedAt: Date;
};

export type Chunk = Interval & { readonly state: 'waiting' | 'done' | 'failed' };

const RUN = `id, org_id as "orgId", kind, state, from_at as "from", to_at as "to", started_at as "startedAt"`;

export async function insertRun(sql: Sql, run: Run, chunks: readonly Interval[]): Promise<void> {
  await sql.query(
    `insert into collection_run (id, org_id, kind, state, from_at, to_at, started_at) values ($1, $2, $3, 'running', $4, $5, $6)`,
    [run.id, run.orgId, run.kind, run.from, run.to, run.startedAt],
  );
  await insertChunks(sql, run, chunks);
}

export async function insertChunks(
  sql: Sql,
  run: Pick<Run, 'id' | 'orgId'>,
  chunks: readonly Interval[],
): Promise<void> {
  await sql.query(
    `insert into collection_chunk (run_id, org_id, from_at, to_at, state)
     select $1, $2, x.f, x.t, 'waiting' from unnest($3::timestamptz[], $4::timestamptz[]) as x (f, t) on conflict do nothing`,
    [run.id, run.orgId, chunks.map((chunk) => chunk.from), chunks.map((chunk) => chunk.to)],
  );
}

/** Runs of an organisation that were begun and not ended, oldest first: those of a process that died, once its lock is free. */
export async function unfinishedRuns(sql: Sql, orgId: string): Promise<Run[]> {
  return sql.query<Run>(
    `select ${RUN} from collection_run where org_id = $1 and state in ('running', 'interrupted') order by started_at`,
    [orgId],
  );
}

/** Chunks still to be read, newest first, so that a backfill shows recent days early. */
export async function waitingChunks(sql: Sql, runId: string): Promise<Interval[]> {
  return sql.query<{ from: Date; to: Date }>(
    `select from_at as "from", to_at as "to" from collection_chunk where run_id = $1 and state = 'waiting' order by from_at desc`,
    [runId],
  );
}

export async function replaceChunk(
  sql: Sql,
  run: Pick<Run, 'id' | 'orgId'>,
  chunk: Interval,
  pieces: readonly Interval[],
): Promise<void> {
  await sql.query('delete from collection_chunk where run_id = $1 and from_at = $2 and to_at = $3', [
    run.id,
    chunk.from,
    chunk.to,
  ]);
  await insertChunks(sql, run, pieces);
}

export type ChunkCounts = {
  readonly records: number;
  readonly newRecords: number;
  readonly quarantined: number;
};

export async function endChunk(
  sql: Sql,
  runId: string,
  chunk: Interval,
  end: ChunkCounts & {
    readonly state: 'done' | 'failed';
    readonly queryId: string | null;
    readonly at: Date;
    readonly message: string | null;
  },
): Promise<void> {
  await sql.query(
    `update collection_chunk set state = $4, query_id = $5, records = $6, new_records = $7, quarantined = $8, finished_at = $9, message = $10
     where run_id = $1 and from_at = $2 and to_at = $3`,
    [
      runId,
      chunk.from,
      chunk.to,
      end.state,
      end.queryId,
      end.records,
      end.newRecords,
      end.quarantined,
      end.at,
      end.message,
    ],
  );
}

export async function endRun(
  sql: Sql,
  runId: string,
  end: { readonly state: RunState; readonly at: Date | null; readonly message: string | null },
): Promise<void> {
  await sql.query('update collection_run set state = $2, finished_at = $3, message = $4 where id = $1', [
    runId,
    end.state,
    end.at,
    end.message,
  ]);
}

export type RunProgress = ChunkCounts & {
  readonly chunksTotal: number;
  readonly chunksDone: number;
  readonly failed: number;
};

export async function progressOf(sql: Sql, runId: string): Promise<RunProgress> {
  const rows = await sql.query<RunProgress>(
    `select count(*) as "chunksTotal", count(*) filter (where state <> 'waiting') as "chunksDone", count(*) filter (where state = 'failed') as failed,
       coalesce(sum(records), 0)::int8 as records, coalesce(sum(new_records), 0)::int8 as "newRecords", coalesce(sum(quarantined), 0)::int8 as quarantined
     from collection_chunk where run_id = $1`,
    [runId],
  );
  return rows[0] ?? { chunksTotal: 0, chunksDone: 0, failed: 0, records: 0, newRecords: 0, quarantined: 0 };
}

/** What was read so far: everything in [from, to), or null before the first chunk. */
export async function watermarkOf(sql: Sql, orgId: string, source: string): Promise<Interval | null> {
  const rows = await sql.query<{ from: Date; to: Date }>(
    'select read_from as "from", read_to as "to" from watermark where org_id = $1 and source = $2',
    [orgId, source],
  );
  return rows[0] ?? null;
}

/** Widens what was read by a chunk that touches it; one that does not leaves it as it is. */
export async function advanceWatermark(
  sql: Sql,
  mark: { readonly orgId: string; readonly source: string; readonly chunk: Interval; readonly at: Date },
): Promise<void> {
  await sql.query(
    `insert into watermark as w (org_id, source, read_from, read_to, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (org_id, source) do update set read_from = least(w.read_from, excluded.read_from), read_to = greatest(w.read_to, excluded.read_to), updated_at = excluded.updated_at
     where excluded.read_from <= w.read_to and excluded.read_to >= w.read_from`,
    [mark.orgId, mark.source, mark.chunk.from, mark.chunk.to, mark.at],
  );
}

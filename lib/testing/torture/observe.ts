import { setTimeout as sleep } from 'node:timers/promises';
import type { Sql } from '@/lib/db/sql';

const LOOK_EVERY_MS = 40;

/** How far the collector has come, over all runs. */
export type Progress = {
  readonly chunks: number;
  readonly done: number;
  readonly records: number;
  readonly open: number;
};

/** Whether a worker started since then collects for the organisation at this moment: it holds the collector's lock. */
export async function isCollecting(sql: Sql, orgId: string, since: Date): Promise<boolean> {
  const [row] = await sql.query<{ held: boolean }>(
    `select exists (select from pg_locks l join pg_stat_activity a using (pid) where l.locktype = 'advisory' and l.granted
       and ((l.classid::int8 << 32) | l.objid::int8) = hashtextextended('tally.collect:' || $1, 0) and a.backend_start >= $2) as held`,
    [orgId, since],
  );
  return row?.held ?? false;
}

/** The server's process that serves the connection holding the collector's lock, or null. */
export async function collectorsBackend(sql: Sql, orgId: string): Promise<number | null> {
  const [row] = await sql.query<{ pid: number }>(
    `select l.pid from pg_locks l where l.locktype = 'advisory' and l.granted
       and ((l.classid::int8 << 32) | l.objid::int8) = hashtextextended('tally.collect:' || $1, 0)`,
    [orgId],
  );
  return row?.pid ?? null;
}

export async function progressOf(sql: Sql, orgId: string): Promise<Progress> {
  const [row] = await sql.query<Progress>(
    `select count(*) as chunks, count(*) filter (where c.state = 'done') as done,
       (select count(*) from raw_event where org_id = $1) as records,
       (select count(*) from collection_run where org_id = $1 and state <> 'done') as open
     from collection_chunk c where c.org_id = $1`,
    [orgId],
  );
  return row ?? { chunks: 0, done: 0, records: 0, open: 0 };
}

/** Asks until it is so, or the time is over; errors of a database that is just restarting count as "not yet". */
export async function until(is: () => Promise<boolean>, limitMs: number): Promise<boolean> {
  for (const end = Date.now() + limitMs; Date.now() < end; await sleep(LOOK_EVERY_MS))
    if (await is().catch(() => false)) return true;
  return false;
}

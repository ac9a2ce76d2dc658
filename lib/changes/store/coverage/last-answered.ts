import type { Sql } from '@/lib/db/sql';

/** The end of the last answered reading of the collector; null when there is none. */
export async function selectLastAnswered(sql: Sql, orgId: string): Promise<Date | null> {
  const [row] = await sql.query<{ at: Date | null }>(
    // A backfill reads old hours, a sync the newest: what counts is when it was answered. The bound keeps it to the newest days.
    `select max(finished_at) as at from reading where org_id = $1 and source = 'pull' and outcome = 'answered'
       and hour >= (select max(hour) from reading where org_id = $1 and source = 'pull' and outcome = 'answered') - interval '2 days'`,
    [orgId],
  );
  return row?.at ?? null;
}

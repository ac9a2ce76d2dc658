import type { Sql } from '@/lib/db/sql';

/** Waits for any other writing of the organisation's moves to commit, so that each sees the one before it. Within a transaction. */
export async function lockMoves(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.moves:' || $1, 0))`, [orgId]);
}

/** Takes the oldest due hours off the list. Rows that commit later stay and make their hour due again. */
export async function takeDueHours(sql: Sql, orgId: string, limit: number): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    // By the last hour taken and not hour by hour: a table that grows and empties has no statistics to plan a join by.
    `with taken as (
       delete from change_due where consumer = 'moves' and org_id = $1 and hour <= (
         select max(hour) from (select distinct hour from change_due where consumer = 'moves' and org_id = $1 order by hour limit $2) next
       ) returning hour
     )
     select distinct hour from taken order by hour`,
    [orgId, limit],
  );
  return rows.map((row) => row.hour);
}

/** Whether hours before an instant still wait to be read for moves. */
export async function hasDueHours(sql: Sql, orgId: string, before: Date): Promise<boolean> {
  const rows = await sql.query(
    `select from change_due where consumer = 'moves' and org_id = $1 and hour < $2 limit 1`,
    [orgId, before],
  );
  return rows.length > 0;
}

/** Makes hours due for the detections: they read moves, and no trigger on changes tells them of one. */
export async function tellDetections(sql: Sql, orgId: string, instants: readonly Date[]): Promise<void> {
  if (instants.length === 0) return;
  await sql.query(
    `insert into change_due (consumer, org_id, hour)
     select 'detections', $1, h.hour from (select distinct date_trunc('hour', x, 'UTC') as hour from unnest($2::timestamptz[]) x) h order by h.hour`,
    [orgId, instants],
  );
}

/** Makes every hour that holds a change due for moves, for a rebuild. */
export async function makeAllDue(sql: Sql, orgId: string): Promise<void> {
  await sql.query(
    `insert into change_due (consumer, org_id, hour)
     select 'moves', $1, h.hour from (select distinct date_trunc('hour', event_date, 'UTC') as hour from change where org_id = $1) h order by h.hour`,
    [orgId],
  );
}

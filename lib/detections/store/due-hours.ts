import type { Sql } from '@/lib/db/sql';

/** Waits for any other detection of the organisation to commit. Within a transaction. */
export async function lockDetections(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.detections:' || $1, 0))`, [
    orgId,
  ]);
}

/**
 * Takes the next hours off the list, newest first, and gives them. Hours whose moves are not recorded yet stay: a rule
 * would find none in them, and nobody would look again.
 */
export async function takeDueHours(sql: Sql, asked: { orgId: string; limit: number }): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `with next as (
       select distinct d.hour from change_due d where d.consumer = 'detections' and d.org_id = $1
         and not exists (select from change_due m where m.consumer = 'moves' and m.org_id = $1 and m.hour = d.hour)
       order by d.hour desc limit $2
     ), taken as (
       delete from change_due d using next where d.consumer = 'detections' and d.org_id = $1 and d.hour = next.hour returning d.hour
     )
     select distinct hour from taken order by hour`,
    [asked.orgId, asked.limit],
  );
  return rows.map((row) => row.hour);
}

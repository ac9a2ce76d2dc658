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
  const { orgId, limit } = asked;
  // Three plain statements: the list empties and fills faster than the planner learns of it, and one statement over both
  // consumers was seen to compare every row with every other.
  const waiting = await sql.query<{ hour: Date }>(
    `select distinct hour from change_due where consumer = 'moves' and org_id = $1`,
    [orgId],
  );
  const next = await sql.query<{ hour: Date }>(
    `select distinct hour from change_due where consumer = 'detections' and org_id = $1 and hour <> all ($3::timestamptz[])
     order by hour desc limit $2`,
    [orgId, limit, waiting.map((row) => row.hour)],
  );
  const hours = next.map((row) => row.hour).reverse();
  if (hours.length > 0)
    await sql.query(
      `delete from change_due where consumer = 'detections' and org_id = $1 and hour = any ($2::timestamptz[])`,
      [orgId, hours],
    );
  return hours;
}

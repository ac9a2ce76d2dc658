import type { Sql } from '@/lib/db/sql';

/** Waits for any other grouping of the organisation to commit, so that each sees the one before it. Within a transaction. */
export async function lockSessions(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.sessions:' || $1, 0))`, [orgId]);
}

/** The next hours of event time that are due, in order, without repetition. */
export async function dueHours(sql: Sql, orgId: string, limit: number): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select distinct hour from change_due where consumer = 'sessions' and org_id = $1 order by hour limit $2`,
    [orgId, limit],
  );
  return rows.map((row) => row.hour);
}

/** How many changes the hours of a stretch hold, hours without any left out; both ends included. */
export async function sizesOfHours(
  sql: Sql,
  orgId: string,
  within: { readonly first: Date; readonly last: Date },
): Promise<{ hour: Date; n: number }[]> {
  return sql.query<{ hour: Date; n: number }>(
    `select bucket as hour, sum(n)::int8 as n from ru_hour where org_id = $1 and bucket between $2 and $3 group by 1 order by 1`,
    [orgId, within.first, within.last],
  );
}

/** Takes the range off the list, as far as it is seen: what commits later leaves rows of its own. Before the range is read. */
export async function takeHours(
  sql: Sql,
  orgId: string,
  range: { readonly from: Date; readonly to: Date },
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `with taken as (
       delete from change_due where consumer = 'sessions' and org_id = $1 and hour >= $2 and hour < $3 returning hour
     ) select count(distinct hour) as n from taken`,
    [orgId, range.from, range.to],
  );
  return rows[0]?.n ?? 0;
}

/** Puts hours on the list. */
export async function putHours(sql: Sql, orgId: string, hours: readonly Date[]): Promise<void> {
  if (hours.length === 0) return;
  await sql.query(
    `insert into change_due (consumer, org_id, hour) select 'sessions', $1, h from unnest($2::timestamptz[]) h`,
    [orgId, hours],
  );
}

/** Puts every hour that has changes on the list. */
export async function putAllHours(sql: Sql, orgId: string): Promise<void> {
  await sql.query(
    `insert into change_due (consumer, org_id, hour)
     select 'sessions', $1, bucket from ru_hour where org_id = $1 group by bucket having sum(n) > 0 order by bucket`,
    [orgId],
  );
}

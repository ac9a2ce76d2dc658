import type { Sql } from '@/lib/db/sql';

/** Hours of a source with a gap or without permission for some service, that nobody asked for since `triedBefore`; newest first. */
export async function hoursToAskAgain(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly source: string;
    readonly from: Date;
    readonly triedBefore: Date;
    readonly limit: number;
  },
): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select hour from coverage_hour c
     where org_id = $1 and source = $2 and hour >= $3 and state in ('gap', 'not_evaluated')
     group by hour
     having not exists (select 1 from reading r where r.org_id = $1 and r.source = $2 and r.hour = c.hour and r.begun_at > $4)
     order by hour desc limit $5`,
    [asked.orgId, asked.source, asked.from, asked.triedBefore, asked.limit],
  );
  return rows.map((row) => row.hour);
}

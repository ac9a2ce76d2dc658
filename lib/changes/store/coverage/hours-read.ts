import type { Sql } from '@/lib/db/sql';
import type { CoverageState } from '@/lib/kernel/words';

/** Hours of the pull that have a reading, by the worst state over the services. */
export async function hoursByState(
  sql: Sql,
  asked: { readonly orgId: string; readonly from: Date; readonly to: Date },
): Promise<readonly { readonly state: CoverageState; readonly hours: number }[]> {
  return sql.query(
    `with ranked as (
       select hour, min(array_position(array['gap', 'not_evaluated', 'pending', 'provisional', 'late_complete', 'complete'], state)) as rank
       from coverage_hour where org_id = $1 and source = 'pull' and hour >= $2 and hour < $3 group by hour
     )
     select (array['gap', 'not_evaluated', 'pending', 'provisional', 'late_complete', 'complete'])[rank] as state, count(*) as hours
     from ranked group by rank order by rank`,
    [asked.orgId, asked.from, asked.to],
  );
}

/** Services of the pull with the hours that were not answered; services without any are there with 0. */
export async function gapsByService(
  sql: Sql,
  asked: { readonly orgId: string; readonly from: Date; readonly to: Date },
): Promise<readonly { readonly service: string; readonly hours: number }[]> {
  return sql.query(
    `select service, count(*) filter (where state in ('gap', 'not_evaluated')) as hours from coverage_hour
     where org_id = $1 and source = 'pull' and hour >= $2 and hour < $3 group by service order by 2 desc, 1`,
    [asked.orgId, asked.from, asked.to],
  );
}

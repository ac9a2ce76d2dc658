import type { Sql } from '@/lib/db/sql';

/** The last status of each ticket that was read, with when it was reached, by key. */
export async function selectLastStatus(
  sql: Sql,
  orgId: string,
  keys: readonly string[],
): Promise<{ key: string; status: string; at: Date | null }[]> {
  return sql.query(
    `select key, coalesce(step ->> 'to', body ->> 'firstStatus', '') as status, (step ->> 'at')::timestamptz as at
     from (
       select distinct on (key) key, v.body::jsonb as body, v.body::jsonb -> 'statusSteps' -> -1 as step from ticket_version v
       where org_id = $1 and key = any($2) order by key, received_at desc
     ) t`,
    [orgId, keys],
  );
}

import type { Sql } from '@/lib/db/sql';

const COLUMNS = `coalesce(excluded_reason, '')`;

/** Each rollup as it would be made from the changes of an organisation. */
const FROM_CHANGES = {
  ru_hour: `select org_id, date_trunc('hour', event_date, 'UTC') as bucket, ${COLUMNS} as excluded, linkage, planning, risk, confirmed_at is null as provisional, count(*) as n
    from change where org_id = $1 group by 1, 2, 3, 4, 5, 6, 7`,
  ru_day: `select org_id, date_trunc('day', event_date, 'UTC') as bucket, ${COLUMNS} as excluded, linkage, planning, risk, confirmed_at is null as provisional, count(*) as n
    from change where org_id = $1 group by 1, 2, 3, 4, 5, 6, 7`,
  ru_dim: `select org_id, date_trunc('day', event_date, 'UTC') as day, service, entity_type, action, actor_kind, linkage, planning, risk, ${COLUMNS} as excluded, count(*) as n
    from change where org_id = $1 group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`,
  ru_actor: `select org_id, date_trunc('day', event_date, 'UTC') as day, coalesce(actor_id, '') as actor_id, actor_kind, linkage, count(*) as n
    from change where org_id = $1 group by 1, 2, 3, 4, 5`,
  ru_rate: `select org_id, date_trunc('day', event_date, 'UTC') as day, service, coalesce(division_id, '') as division_id, coalesce(team, '') as team, coalesce(actor_id, '') as actor_id,
      linkage collate "C" as linkage, bypass, count(*) as n
    from change where org_id = $1 and accountable group by 1, 2, 3, 4, 5, 6, 7, 8`,
} as const;
export type Rollup = keyof typeof FROM_CHANGES;
export const ROLLUPS: readonly Rollup[] = ['ru_hour', 'ru_day', 'ru_dim', 'ru_actor', 'ru_rate'];

/** How many rows of a rollup tell another count than the changes themselves: 0 when it is exact. */
export async function rollupDifferences(sql: Sql, orgId: string, rollup: Rollup): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `with made as (${FROM_CHANGES[rollup]}), kept as (select * from ${rollup} where org_id = $1 and n <> 0)
     select (select count(*) from (select * from made except all select * from kept) a) + (select count(*) from (select * from kept except all select * from made) b) as n`,
    [orgId],
  );
  return rows[0]?.n ?? 0;
}

/** Makes a rollup anew. Requires `holdRollups`. */
export async function remakeRollup(sql: Sql, orgId: string, rollup: Rollup): Promise<void> {
  await sql.query(`delete from ${rollup} where org_id = $1`, [orgId]);
  await sql.query(`insert into ${rollup} ${FROM_CHANGES[rollup]}`, [orgId]);
}

/**
 * Keeps counts still until the transaction ends: whoever writes changes waits at its trigger and adds its own afterwards;
 * who counted already has committed when this returns. Readers stay.
 */
export async function holdRollups(sql: Sql): Promise<void> {
  for (const rollup of ROLLUPS) await sql.query(`lock table ${rollup} in share row exclusive mode`);
}

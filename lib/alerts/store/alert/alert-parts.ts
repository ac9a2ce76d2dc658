import type { Sql } from '@/lib/db/sql';

/** Ids under which alerts were known before they went on in these, by the id they go on in. */
export async function formerIds(sql: Sql, alertIds: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ id: string; former: string[] }>(
    `with recursive chain (root, id) as (
       select merged_into, id from alert where merged_into = any($1)
       union select c.root, a.id from chain c join alert a on a.merged_into = c.id
     ) select root as id, array_agg(id order by id) as former from chain group by root`,
    [alertIds],
  );
  return new Map(rows.map((row) => [row.id, row.former]));
}

/** Ids of an alert's findings, oldest event first. */
export async function findingsInAlert(sql: Sql, alertId: string, limit: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select f.id from alert_finding af join finding f on f.id = af.finding_id where af.alert_id = $1 order by f.severity desc, f.occurred_at, f.id limit $2`,
    [alertId, limit],
  );
  return rows.map((row) => row.id);
}

/** Ids of the responses to an alert's findings, newest first. */
export async function responsesInAlert(sql: Sql, alertId: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select r.id from alert_finding af join response r on r.finding_id = af.finding_id where af.alert_id = $1 order by r.proposed_at desc, r.id desc`,
    [alertId],
  );
  return rows.map((row) => row.id);
}

/** The incident noted on any finding of each alert, by alert. */
export async function incidentsOf(
  sql: Sql,
  alertIds: readonly string[],
): Promise<Map<string, { number: string; url: string | null }>> {
  const rows = await sql.query<{ id: string; number: string; url: string | null }>(
    `select distinct on (af.alert_id) af.alert_id as id, f.incident_number as number, f.incident_url as url
     from alert_finding af join finding f on f.id = af.finding_id
     where af.alert_id = any($1) and f.incident_number is not null order by af.alert_id, f.id`,
    [alertIds],
  );
  return new Map(rows.map(({ id, number, url }) => [id, { number, url }]));
}

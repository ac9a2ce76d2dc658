import type { Sql } from '@/lib/db/sql';

/** Writes the alert of findings that have none. */
export async function updateAlert(sql: Sql, alertId: string, findingIds: readonly string[]): Promise<void> {
  await sql.query('update finding set alert_id = $1 where id = any($2) and alert_id is null', [
    alertId,
    findingIds,
  ]);
}

/** Writes the session of findings by their keys, where it is another than the stored one. */
export async function updateSessions(
  sql: Sql,
  orgId: string,
  sessions: ReadonlyMap<string, string | null>,
): Promise<void> {
  await sql.query(
    `update finding f set session_id = t.session_id from unnest($2::text[], $3::text[]) as t (key, session_id)
     where f.org_id = $1 and f.key = t.key and f.session_id is distinct from t.session_id`,
    [orgId, [...sessions.keys()], [...sessions.values()]],
  );
}

/** Writes when the responses of findings were proposed. */
export async function updateProposed(sql: Sql, at: Date, findingIds: readonly string[]): Promise<void> {
  await sql.query(
    'update finding set responses_proposed_at = $1 where id = any($2) and responses_proposed_at is null',
    [at, findingIds],
  );
}

/** Writes the incident of an alert's findings that have none. */
export async function updateIncident(
  sql: Sql,
  incident: { alertId: string; number: string; url: string | null },
): Promise<number> {
  const rows = await sql.query(
    `update finding set incident_number = $2, incident_url = $3 where alert_id = $1 and incident_number is null returning id`,
    [incident.alertId, incident.number, incident.url],
  );
  return rows.length;
}

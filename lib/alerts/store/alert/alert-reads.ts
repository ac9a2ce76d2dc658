import type { Sql } from '@/lib/db/sql';
import type { Alert } from '../../model/alert';
import { ALERT_COLUMNS, type AlertRow, alertOf } from './alert-rows';

/** Alerts of an organisation with one of these keys, merged ones left out, the newest first. */
export function alertsByKey(sql: Sql, orgId: string, keys: readonly string[]): Promise<Alert[]> {
  return select(
    sql,
    `a.org_id = $1 and a.key = any($2) and a.state <> 'merged' order by a.last_event_at desc, a.id desc`,
    [orgId, keys],
  );
}

/** The alert with this id, merged or not; locked for the transaction when `lock` is given. */
export async function findAlert(sql: Sql, id: string, lock = false): Promise<Alert | null> {
  return (await select(sql, `a.id = $1 ${lock ? 'for update of a' : ''}`, [id]))[0] ?? null;
}

/** Alerts with these ids, the oldest first. */
export function findAlerts(sql: Sql, ids: readonly string[]): Promise<Alert[]> {
  return select(sql, 'a.id = any($1) order by a.raised_at, a.id', [ids]);
}

/**
 * Alerts that somebody has to be told of: never told, graver than when they were told, or grown while open and last told at
 * or before `updatedBefore`.
 */
export function alertsToTell(
  sql: Sql,
  asked: { orgId: string; updatedBefore: Date; limit: number },
): Promise<Alert[]> {
  return select(
    sql,
    `a.org_id = $1 and a.state in ('open', 'acknowledged') and (
       (a.told_at is null and a.not_sent is null)
       or (a.not_sent is not null and a.told_findings < a.findings)
       or (a.told_at is not null and a.severity > a.told_severity)
       or (a.told_at <= $2 and a.told_findings < a.findings and a.state = 'open'))
     order by a.raised_at, a.id limit $3 for update of a`,
    [asked.orgId, asked.updatedBefore, asked.limit],
  );
}

/** Open alerts that one of these rules alone made, whose first event lies before the instant. */
export function openAlertsOfRule(
  sql: Sql,
  asked: { orgId: string; rule: string; before: Date },
): Promise<Alert[]> {
  return select(
    sql,
    `a.org_id = $1 and a.rules = array[$2] and a.state in ('open', 'acknowledged') and a.last_event_at < $3 order by a.id for update of a`,
    [asked.orgId, asked.rule, asked.before],
  );
}

/**
 * Alerts that findings of one session stand in, by session, where the alert is not the session's own. Findings from before
 * `since` are left where they are: nobody waits for what was regrouped so late.
 */
export async function alertsBySession(
  sql: Sql,
  of: { orgId: string; since: Date },
): Promise<{ sessionId: string; alertIds: string[] }[]> {
  return sql.query(
    `select f.session_id as "sessionId", array_agg(distinct af.alert_id) as "alertIds"
     from finding f join alert_finding af on af.finding_id = f.id join alert a on a.id = af.alert_id
     where f.org_id = $1 and f.received_at >= $2 and f.session_id is not null and a.org_id = $1 and a.state <> 'merged' and a.session_id is distinct from f.session_id
       and (a.session_id is null or not exists (
         select from alert_finding o join finding g on g.id = o.finding_id where o.alert_id = a.id and g.session_id = a.session_id))
     group by f.session_id order by 1`,
    [of.orgId, of.since],
  );
}

/** Ids of an alert's findings: the gravest first, of equals those that say most, then the earliest. */
export async function findingIdsOf(
  sql: Sql,
  of: { alertId: string; plainRules: readonly string[]; limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    `select f.id from alert_finding af join finding f on f.id = af.finding_id where af.alert_id = $1
     order by f.severity desc, (f.rule = any($2)), f.occurred_at, f.id limit $3`,
    [of.alertId, of.plainRules, of.limit],
  );
  return rows.map((row) => row.id);
}

async function select(sql: Sql, where: string, values: readonly unknown[]): Promise<Alert[]> {
  const rows = await sql.query<AlertRow>(`select ${ALERT_COLUMNS} from alert a where ${where}`, values);
  return rows.map(alertOf);
}

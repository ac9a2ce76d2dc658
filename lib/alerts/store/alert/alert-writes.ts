import type { Sql } from '@/lib/db/sql';
import { severityNumber } from '@/lib/findings/model/severity';
import type { Risk } from '@/lib/kernel/words';
import type { AlertState } from '../../contract/alerts';

/** A new alert before it is summed from its findings. */
export type NewAlert = {
  readonly id: string;
  readonly orgId: string;
  readonly key: string;
  readonly state: AlertState;
  readonly sessionId: string | null;
  readonly notSent: string | null;
  readonly raisedAt: Date;
};

/** Adds an alert that has no finding yet; `sumAlert` follows in the same transaction. */
export async function insertAlert(sql: Sql, alert: NewAlert): Promise<void> {
  await sql.query(
    `insert into alert (id, org_id, key, state, severity, title, rules, subject_type, subject_id, session_id, findings, first_event_at, last_event_at,
       raised_at, updated_at, unmutable, not_sent)
     values ($1, $2, $3, $4, 1, '', '{}', '', '', $5, 0, $6, $6, $6, $6, false, $7)`,
    [alert.id, alert.orgId, alert.key, alert.state, alert.sessionId, alert.raisedAt, alert.notSent],
  );
}

/** Puts findings into an alert; what stood in another goes over. */
export async function putFindings(
  sql: Sql,
  of: { orgId: string; alertId: string; findingIds: readonly string[] },
): Promise<void> {
  await sql.query(
    `insert into alert_finding (finding_id, alert_id, org_id) select unnest($1::text[]), $2, $3
     on conflict (finding_id) do update set alert_id = excluded.alert_id`,
    [of.findingIds, of.alertId, of.orgId],
  );
}

/** What an alert's findings come to: the gravest leads, of equals the one that says most, then the earliest. */
export type AlertSum = {
  readonly leadId: string;
  readonly findings: number;
  readonly changes: number;
};

/** Sums an alert anew from its findings; the title is written by the caller, who knows the words. */
export async function sumAlert(
  sql: Sql,
  of: { alertId: string; plainRules: readonly string[]; now: Date },
): Promise<AlertSum> {
  const [sum] = await sql.query<AlertSum>(
    `with mine as (select f.* from alert_finding af join finding f on f.id = af.finding_id where af.alert_id = $1),
     lead as (select * from mine order by severity desc, (rule = any($2)), occurred_at, id limit 1),
     rules as (select array_agg(rule order by severity desc, plain, rule) as rules from (
       select rule, max(severity) as severity, rule = any($2) as plain from mine group by rule) r),
     totals as (select count(*) as n, min(occurred_at) as first_at, max(occurred_at) as last_at, min(event_received_at) as received_at,
       bool_or(unmutable) as unmutable from mine),
     acts as (select count(distinct c) as n from mine cross join lateral unnest(mine.change_ids) c)
     update alert a set severity = lead.severity, rules = rules.rules, subject_type = lead.subject_type, subject_id = lead.subject_id,
       subject_name = lead.subject_name, actor_kind = lead.actor_kind, actor_id = lead.actor_id, actor_name = lead.actor_name, move_id = lead.move_id,
       findings = totals.n, first_event_at = totals.first_at, last_event_at = totals.last_at, first_received_at = totals.received_at,
       unmutable = totals.unmutable, updated_at = $3
     from lead, rules, totals, acts where a.id = $1
     returning lead.id as "leadId", a.findings, acts.n as changes`,
    [of.alertId, of.plainRules, of.now],
  );
  if (sum === undefined) throw new RangeError(`alert ${of.alertId} has no finding to sum`);
  return sum;
}

export async function writeTitle(sql: Sql, alertId: string, title: string): Promise<void> {
  await sql.query('update alert set title = $2 where id = $1', [alertId, title]);
}

/** Notes that somebody was told: what it was then, and by which rules. */
export async function writeTold(
  sql: Sql,
  told: { alertId: string; at: Date; severity: Risk; findings: number; routedBy: readonly string[] },
): Promise<void> {
  await sql.query(
    `update alert set told_at = $2, told_severity = $3, told_findings = $4, messages = messages + 1, not_sent = null, mute_id = null, muted_until = null,
       routed_by = array(select distinct unnest(routed_by || $5::text[]) order by 1) where id = $1`,
    [told.alertId, told.at, severityNumber(told.severity), told.findings, told.routedBy],
  );
}

/** Notes that nobody was told, and why. */
export async function writeNotSent(
  sql: Sql,
  not: {
    alertId: string;
    because: string;
    findings: number;
    mute: { id: string; until: Date } | null;
  },
): Promise<void> {
  await sql.query(
    `update alert set not_sent = $2, told_findings = $3, mute_id = $4, muted_until = $5, messages = messages + 1 where id = $1`,
    [not.alertId, not.because, not.findings, not.mute?.id ?? null, not.mute?.until ?? null],
  );
}

export async function writeState(sql: Sql, alertId: string, state: AlertState, at: Date): Promise<void> {
  await sql.query('update alert set state = $2, updated_at = $3 where id = $1', [alertId, state, at]);
}

/** Names the session an alert tells of; its key follows, so that what comes later joins it. */
export async function writeSession(sql: Sql, alertId: string, sessionId: string): Promise<void> {
  await sql.query(`update alert set session_id = $2, key = 'session:' || $2 where id = $1`, [
    alertId,
    sessionId,
  ]);
}

/** Lets one alert go on in another: its findings, what was told, its deliveries' alert stays as it was. */
export async function writeMerged(sql: Sql, merge: { from: string; into: string; at: Date }): Promise<void> {
  await sql.query('update alert_finding set alert_id = $2 where alert_id = $1', [merge.from, merge.into]);
  await sql.query(`update alert set state = 'merged', merged_into = $2, updated_at = $3 where id = $1`, [
    merge.from,
    merge.into,
    merge.at,
  ]);
  await sql.query(
    `update alert a set told_at = greatest(a.told_at, b.told_at), told_severity = greatest(a.told_severity, b.told_severity),
       told_findings = a.told_findings + b.told_findings, messages = a.messages + b.messages,
       not_sent = case when a.told_at is null and b.told_at is null then coalesce(a.not_sent, b.not_sent) end,
       routed_by = array(select distinct unnest(a.routed_by || b.routed_by) order by 1)
     from alert b where a.id = $2 and b.id = $1`,
    [merge.from, merge.into],
  );
  await sql.query(
    `insert into alert_escalation (alert_id, rule_id, org_id, due_at, roles, channels, done_at)
     select $2, rule_id, org_id, due_at, roles, channels, done_at from alert_escalation where alert_id = $1
     on conflict (alert_id, rule_id) do update set due_at = least(alert_escalation.due_at, excluded.due_at), done_at = coalesce(alert_escalation.done_at, excluded.done_at)`,
    [merge.from, merge.into],
  );
}

import type { Sql } from '@/lib/db/sql';
import type { Role } from '@/lib/kernel/words';

export type Escalation = {
  readonly alertId: string;
  readonly ruleId: string;
  readonly orgId: string;
  readonly dueAt: Date;
  readonly roles: readonly Role[];
  readonly channels: readonly string[];
};

/** Plans escalations; one of a rule and alert stands once. */
export async function insertEscalations(sql: Sql, rows: readonly Escalation[]): Promise<void> {
  for (const row of rows)
    await sql.query(
      `insert into alert_escalation (alert_id, rule_id, org_id, due_at, roles, channels) values ($1, $2, $3, $4, $5, $6)
       on conflict (alert_id, rule_id) do nothing`,
      [row.alertId, row.ruleId, row.orgId, row.dueAt, row.roles, row.channels],
    );
}

/** Escalations of an organisation that are due and not done, of alerts that are still open, locked for the transaction. */
export function dueEscalations(sql: Sql, orgId: string, now: Date): Promise<Escalation[]> {
  return sql.query<Escalation>(
    `select e.alert_id as "alertId", e.rule_id as "ruleId", e.org_id::text as "orgId", e.due_at as "dueAt", e.roles, e.channels
     from alert_escalation e join alert a on a.id = e.alert_id
     where e.done_at is null and e.due_at <= $1 and e.org_id = $2 and a.state = 'open' order by e.alert_id, e.rule_id limit 200 for update of e`,
    [now, orgId],
  );
}

export async function writeEscalated(sql: Sql, alertId: string, at: Date): Promise<void> {
  await sql.query(
    'update alert_escalation set done_at = $2 where alert_id = $1 and done_at is null and due_at <= $2',
    [alertId, at],
  );
}

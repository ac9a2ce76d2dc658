import { listOrganizations } from '@/lib/auth/store/org-rows';
import type { Database } from '@/lib/db/connection';
import { findingsById } from '@/lib/findings/read-findings';
import type { Role } from '@/lib/kernel/words';
import { insertAlertEvent } from '../store/alert/alert-events';
import { findAlert, findingIdsOf } from '../store/alert/alert-reads';
import { dueEscalations, type Escalation, writeEscalated } from '../store/alert/escalation-rows';
import { configuredChannels, reachable } from './configured-channels';
import { lockRouting, plainRules } from './lock-routing';
import { messageAbout, sendMessage } from './send-message';

/**
 * Tells further people and channels of alerts that nobody acknowledged in time, once per alert and rule; what several rules
 * ask for at once is one message. Quiet hours do not hold it. Returns the alerts it told of. Safe to repeat and to kill.
 */
export async function escalateDue(
  db: Database,
  options: { readonly now: Date; readonly configured?: ReadonlySet<string> },
): Promise<{ readonly alerts: readonly string[] }> {
  const configured = options.configured ?? configuredChannels();
  const alerts: string[] = [];
  for (const { id: orgId } of await listOrganizations(db.sql))
    alerts.push(...(await escalate(db, { orgId, now: options.now, configured })));
  return { alerts };
}

function escalate(
  db: Database,
  asked: { readonly orgId: string; readonly now: Date; readonly configured: ReadonlySet<string> },
): Promise<string[]> {
  const { orgId, now, configured } = asked;
  return db.transaction(async (sql) => {
    await lockRouting(sql, orgId);
    const alerts: string[] = [];
    for (const [alertId, due] of byAlert(await dueEscalations(sql, orgId, now))) {
      const alert = await findAlert(sql, alertId, true);
      const [leadId] = await findingIdsOf(sql, { alertId, plainRules: plainRules(), limit: 1 });
      const [lead] = leadId === undefined ? [] : await findingsById(sql, [leadId]);
      await writeEscalated(sql, alertId, now);
      if (alert === null || lead === undefined || alert.state !== 'open') continue;
      const channels = [...new Set(due.flatMap((one) => one.channels))].map((id) => ({ id, held: null }));
      const reached = reachable(channels, configured);
      const people = await sendMessage(sql, {
        alert,
        message: await messageAbout(sql, { alert, lead, purpose: 'escalation' }),
        purpose: 'escalation',
        key: `alert/${alertId}/escalation/${due.map((one) => one.ruleId).join('+')}`,
        roles: [...new Set<Role>(due.flatMap((one) => one.roles))],
        users: [],
        channels: reached,
        now,
      });
      const told = [...people, ...reached.map(({ id }) => id)];
      await insertAlertEvent(sql, {
        orgId: alert.orgId,
        alertId,
        at: now,
        kind: 'escalated',
        who: 'Tallystick',
        said: `Nobody acknowledged it in time: told ${told.length === 0 ? 'nobody, there was nobody to tell' : told.join(', ')}.`,
      });
      alerts.push(alertId);
    }
    return alerts;
  });
}

function byAlert(due: readonly Escalation[]): Map<string, Escalation[]> {
  const grouped = new Map<string, Escalation[]>();
  for (const one of due) grouped.set(one.alertId, [...(grouped.get(one.alertId) ?? []), one]);
  return grouped;
}

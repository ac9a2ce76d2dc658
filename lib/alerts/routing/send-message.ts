import { findOrganization } from '@/lib/auth/store/org-rows';
import type { Sql } from '@/lib/db/sql';
import { ruleById, ruleTitle } from '@/lib/detections/catalogue';
import type { Finding } from '@/lib/findings/model/concern';
import type { Role } from '@/lib/kernel/words';
import { type NewDelivery, planDeliveries } from '../deliveries/plan-delivery';
import { putInInbox } from '../inbox/put-in-inbox';
import type { Alert } from '../model/alert';
import type { Message } from '../model/message';
import type { Hold } from '../model/routing/route';
import { messageOf } from '../model/say-alert';

export type SendingPurpose = 'alert' | 'update' | 'escalation';

export type Sending = {
  readonly alert: Alert;
  readonly message: Message;
  readonly purpose: SendingPurpose;
  /** Part of the keys: the same message is made once. */
  readonly key: string;
  readonly roles: readonly Role[];
  readonly users: readonly string[];
  readonly channels: readonly { readonly id: string; readonly held: Hold | null }[];
  readonly now: Date;
};

/** What an alert says now, led by its gravest finding. */
export async function messageAbout(
  sql: Sql,
  of: { readonly alert: Alert; readonly lead: Finding; readonly purpose: SendingPurpose },
): Promise<Message> {
  const { alert, lead } = of;
  const org = await findOrganization(sql, alert.orgId);
  return messageOf(
    {
      alertId: alert.id,
      title: alert.title,
      lead,
      severity: alert.severity,
      findings: alert.findings,
      firstEventAt: alert.firstEventAt,
      lastEventAt: alert.lastEventAt,
      sessionId: alert.sessionId,
      orgName: org?.name ?? alert.orgId,
      runbook: ruleById(lead.rule)?.runbook ?? null,
      ruleTitle: ruleTitle(lead.rule),
    },
    of.purpose,
  );
}

/** Puts a message into inboxes and plans its deliveries; the names of whoever gets it. Within the routing's transaction. */
export async function sendMessage(sql: Sql, sending: Sending): Promise<readonly string[]> {
  const { alert, message, purpose, now } = sending;
  const people = await putInInbox(
    sql,
    {
      key: sending.key,
      orgId: alert.orgId,
      alertId: alert.id,
      at: now,
      severity: message.severity,
      title: message.title,
      purpose,
      path: message.path,
    },
    sending,
  );
  // The inbox has a delivery too: what stands there counts as told, and its delay is measured like any other's.
  const channels =
    people.length === 0 ? sending.channels : [{ id: 'inbox', held: null }, ...sending.channels];
  const rows = channels.map(
    ({ id, held }): NewDelivery => ({
      key: `${sending.key}/${id}`,
      orgId: alert.orgId,
      alertId: alert.id,
      channelId: id,
      purpose,
      message,
      notBefore: held?.until ?? now,
      held: held === null ? null : { because: held.because },
    }),
  );
  await planDeliveries(sql, rows, now);
  return people.map((person) => person.name);
}

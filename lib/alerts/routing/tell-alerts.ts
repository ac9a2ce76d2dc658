import type { Sql } from '@/lib/db/sql';
import { findingsById } from '@/lib/findings/read-findings';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { addMs, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import { planDeliveries } from '../deliveries/plan-delivery';
import type { Alert } from '../model/alert';
import type { RoutingRule } from '../model/routing/built-in-rules';
import { type Mute, muteOf } from '../model/routing/mute';
import { planRoute, type Route } from '../model/routing/route';
import { insertAlertEvent } from '../store/alert/alert-events';
import { alertsToTell, findingIdsOf } from '../store/alert/alert-reads';
import { writeNotSent, writeTold } from '../store/alert/alert-writes';
import { insertEscalations } from '../store/alert/escalation-rows';
import { mutesStanding } from '../store/alert/mute-rows';
import { reachable } from './configured-channels';
import { plainRules } from './lock-routing';
import { messageAbout, sendMessage } from './send-message';

const SYSTEM = 'Tallystick';
/** An alert that only grows is told of again at most this often; one that turns graver, at once. */
export const UPDATE_EVERY_MS = 30 * MINUTE_MS;
/** Findings that decide who is told: the gravest; beyond so many of one alert no further rule comes in. */
const ROUTED_FINDINGS = 2_000;

type Asked = {
  readonly orgId: string;
  readonly now: Date;
  readonly rules: readonly RoutingRule[];
  readonly configured: ReadonlySet<string>;
  readonly limit: number;
};

/**
 * Tells of the next alerts that somebody has to be told of: puts items into inboxes and plans deliveries, or notes why nobody
 * is told. Returns the alerts it took up. Within the routing's transaction.
 */
export async function tellAlerts(sql: Sql, asked: Asked): Promise<string[]> {
  const { orgId, now } = asked;
  const alerts = await alertsToTell(sql, {
    orgId,
    updatedBefore: addMs(now, -UPDATE_EVERY_MS),
    limit: asked.limit,
  });
  if (alerts.length === 0) return [];
  const mutes = await mutesStanding(sql, orgId, now);
  for (const alert of alerts) {
    const findings = await inOrder(sql, alert);
    const heard = findings.filter((finding) => muteOf(mutes, finding, now) === null);
    if (heard.length > 0) await tell(sql, { ...asked, alert, findings: heard });
    else await holdBack(sql, { ...asked, alert, findings, mutes });
  }
  return alerts.map((alert) => alert.id);
}

async function inOrder(sql: Sql, alert: Alert): Promise<KeptFinding[]> {
  const ids = await findingIdsOf(sql, {
    alertId: alert.id,
    plainRules: plainRules(),
    limit: ROUTED_FINDINGS,
  });
  const byId = new Map((await findingsById(sql, ids)).map((finding) => [finding.id, finding]));
  return ids.flatMap((id) => byId.get(id) ?? []);
}

type One = Asked & { readonly alert: Alert; readonly findings: readonly KeptFinding[] };

async function tell(sql: Sql, one: One): Promise<void> {
  const { alert, findings, now } = one;
  const [lead] = findings;
  if (lead === undefined) return;
  const route = planRoute(findings, one);
  const channels = reachable(route.channels, one.configured);
  const purpose = alert.toldAt === null ? 'alert' : 'update';
  const people = await sendMessage(sql, {
    alert,
    message: await messageAbout(sql, { alert, lead, purpose }),
    purpose,
    key: messageKey(alert),
    roles: route.roles,
    users: route.users,
    channels,
    now,
  });
  if (people.length === 0 && channels.length === 0) {
    await noteNobody(sql, one, route);
    return;
  }
  await insertEscalations(
    sql,
    route.escalations.map((escalation) => ({ ...escalation, alertId: alert.id, orgId: alert.orgId })),
  );
  await writeTold(sql, {
    alertId: alert.id,
    at: now,
    severity: alert.severity,
    findings: alert.findings,
    routedBy: route.routedBy,
  });
  const also = channels.map(({ id, held }) => (held === null ? id : `${id} (${held.because})`));
  await record(sql, one, 'told', `Told ${[...people, ...also].join(', ')}.`);
}

async function noteNobody(sql: Sql, one: One, route: Route): Promise<void> {
  const because =
    route.roles.length + route.users.length === 0
      ? 'No routing rule is about it.'
      : 'Nobody whom the routing names may see this organisation.';
  const { alert } = one;
  await writeNotSent(sql, { alertId: alert.id, because, findings: alert.findings, mute: null });
  await record(sql, one, 'not_told', because);
}

/** All of it is muted: the deliveries that would have been made are kept as suppressed, once. */
async function holdBack(sql: Sql, one: One & { readonly mutes: readonly Mute[] }): Promise<void> {
  const { alert, findings, now } = one;
  const [lead] = findings;
  const mute = lead === undefined ? null : muteOf(one.mutes, lead, now);
  if (lead === undefined || mute === null) return;
  const because = `Muted by ${mute.by} until ${toIso(mute.until)}: ${mute.reason}`;
  const message = await messageAbout(sql, { alert, lead, purpose: 'alert' });
  const channels = reachable(planRoute(findings, one).channels, one.configured);
  await planDeliveries(
    sql,
    [{ id: 'inbox' }, ...channels].map(({ id }) => ({
      key: `alert/${alert.id}/muted/${id}`,
      orgId: alert.orgId,
      alertId: alert.id,
      channelId: id,
      purpose: 'alert',
      message,
      notBefore: now,
      held: null,
      suppressed: { because },
    })),
    now,
  );
  await writeNotSent(sql, { alertId: alert.id, because, findings: alert.findings, mute });
  if (alert.notSent !== because) await record(sql, one, 'not_told', because);
}

function messageKey(alert: Alert): string {
  return `alert/${alert.id}/${alert.messages + 1}`;
}

async function record(sql: Sql, { alert, now }: One, kind: 'told' | 'not_told', said: string): Promise<void> {
  await insertAlertEvent(sql, { orgId: alert.orgId, alertId: alert.id, at: now, kind, who: SYSTEM, said });
}

import type { Sql } from '@/lib/db/sql';
import { toIso } from '@/lib/kernel/instant';
import type { AlertDto } from '../contract/alerts';
import type { Alert } from '../model/alert';
import { formerIds, incidentsOf } from '../store/alert/alert-parts';
import { type AlertDeliveries, deliveriesOfAlerts } from '../store/read-deliveries';

/** Alerts as lists and the API show them, with how their deliveries stand; those of alerts they took in count with them. */
export async function alertDtos(sql: Sql, alerts: readonly Alert[]): Promise<AlertDto[]> {
  const ids = alerts.map((alert) => alert.id);
  const former = await formerIds(sql, ids);
  const deliveries = await deliveriesOfAlerts(sql, [...ids, ...[...former.values()].flat()]);
  const incidents = await incidentsOf(sql, ids);
  return alerts.map((alert) => {
    const own = [alert.id, ...(former.get(alert.id) ?? [])].flatMap((id) => deliveries.get(id) ?? []);
    return alertDto(alert, { deliveries: own, incident: incidents.get(alert.id) ?? null });
  });
}

function alertDto(
  alert: Alert,
  more: { readonly deliveries: readonly AlertDeliveries[]; readonly incident: AlertDto['incident'] },
): AlertDto {
  const firsts = more.deliveries.flatMap((one) => one.firstDeliveredAt?.getTime() ?? []);
  const since = (at: Date | number | null) =>
    at === null ? null : Math.max(0, Number(at) - alert.firstEventAt.getTime());
  const sum = (of: (one: AlertDeliveries) => number) =>
    more.deliveries.reduce((total, one) => total + of(one), 0);
  return {
    id: alert.id,
    orgId: alert.orgId,
    state: alert.state,
    severity: alert.severity,
    title: alert.title,
    rules: alert.rules,
    subject: alert.subject,
    actor: alert.actor,
    findings: alert.findings,
    sessionId: alert.sessionId,
    moveId: alert.moveId,
    firstEventAt: toIso(alert.firstEventAt),
    lastEventAt: toIso(alert.lastEventAt),
    raisedAt: toIso(alert.raisedAt),
    updatedAt: toIso(alert.updatedAt),
    delays: {
      toReceived: since(alert.firstReceivedAt),
      toAlert: since(alert.raisedAt) ?? 0,
      toDelivered: since(firsts.length === 0 ? null : Math.min(...firsts)),
    },
    mutedUntil: alert.mutedUntil === null ? null : toIso(alert.mutedUntil),
    unmutable: alert.unmutable,
    deliveries: {
      delivered: sum((one) => one.delivered),
      waiting: sum((one) => one.waiting + one.held),
      dead: sum((one) => one.dead),
    },
    incident: more.incident ?? more.deliveries.find((one) => one.incident !== null)?.incident ?? null,
  };
}

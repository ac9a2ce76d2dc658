import { responseIdsOfMove } from '@/lib/alerts/responses/read-responses';
import { findAlerts } from '@/lib/alerts/store/alert/alert-reads';
import { deliveriesOfAlerts } from '@/lib/alerts/store/read-deliveries';
import type { Sql } from '@/lib/db/sql';
import { findingsOfMove } from '@/lib/findings/read-findings';
import { toIso } from '@/lib/kernel/instant';
import type { MoveDetailDto } from '../contract';
import type { RecordedMove } from '../model/recorded-move';

export type MoveAlerts = Pick<MoveDetailDto, 'findings' | 'responseIds'> & {
  /** When the first alert about it stood; null: none does. */
  readonly alertAt: Date | null;
  /** When the first message about it had arrived somewhere; null: not yet. */
  readonly deliveredAt: Date | null;
};

/** What was found about a move, who was told when, and what could be done about it. */
export async function alertsOfMove(sql: Sql, move: RecordedMove): Promise<MoveAlerts> {
  const { orgId, id: moveId } = move;
  const findings = await findingsOfMove(sql, orgId, moveId);
  const alertIds = [...new Set(findings.flatMap((finding) => finding.alertId ?? []))];
  const alerts = alertIds.length === 0 ? [] : await findAlerts(sql, alertIds);
  const deliveries = alertIds.length === 0 ? [] : [...(await deliveriesOfAlerts(sql, alertIds)).values()];
  return {
    findings: findings.map(({ id, rule, severity, sentence, foundAt, alertId, incident }) => ({
      id,
      rule,
      severity,
      sentence,
      at: toIso(foundAt),
      alertId,
      incident,
    })),
    responseIds: await responseIdsOfMove(sql, { orgId, moveId }),
    alertAt: earliest(alerts.map((alert) => alert.raisedAt)),
    deliveredAt: earliest(deliveries.flatMap((one) => one.firstDeliveredAt ?? [])),
  };
}

function earliest(instants: readonly Date[]): Date | null {
  return instants.length === 0 ? null : new Date(Math.min(...instants.map((at) => at.getTime())));
}

import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIso } from '@/lib/kernel/instant';
import { linkOf, type Outgoing } from './outgoing';

/** The body of a signed webhook: the same bytes for every try of one delivery. */
export function webhookBody(outgoing: Outgoing): string {
  const { message } = outgoing;
  return canonicalJson({
    version: 1,
    id: outgoing.deliveryId,
    purpose: outgoing.purpose,
    at: toIso(outgoing.plannedAt),
    alertId: outgoing.alertId,
    organization: { id: outgoing.orgId, name: message.orgName },
    severity: message.severity,
    title: message.title,
    facts: message.facts,
    runbook: message.runbook,
    correlationId: message.correlationId,
    url: linkOf(outgoing),
  });
}

import type { Sql } from '@/lib/db/sql';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { toIso } from '@/lib/kernel/instant';
import { planDeliveries } from '../deliveries/plan-delivery';
import type { Message } from '../model/message';
import { calledName, type Response, sentenceOf } from '../model/response/response';

/** Tells those who may decide that a response waits for them. Within the transaction that makes it wait. */
export async function tellDeciders(
  sql: Sql,
  {
    response,
    finding,
    now,
  }: { readonly response: Response; readonly finding: KeptFinding; readonly now: Date },
): Promise<void> {
  const message = await messageOf(sql, response, finding);
  await planDeliveries(
    sql,
    [
      {
        key: `response/${response.id}`,
        orgId: response.orgId,
        alertId: finding.alertId,
        channelId: 'inbox',
        purpose: 'response',
        message,
        notBefore: now,
        held: null,
      },
    ],
    now,
  );
}

async function messageOf(sql: Sql, response: Response, finding: KeptFinding): Promise<Message> {
  const [org] = await sql.query<{ name: string }>('select name from org where org_id = $1', [response.orgId]);
  return {
    title: `Waits for approval: ${sentenceOf(response)}`,
    severity: response.severity,
    facts: [
      { label: 'Who', value: calledName(response.target) },
      { label: 'What', value: finding.sentence },
      { label: 'When (UTC)', value: toIso(finding.occurredAt) },
      { label: 'Asked by', value: response.requestedBy.name },
      ...(response.expiresAt === null ? [] : [{ label: 'Until (UTC)', value: toIso(response.expiresAt) }]),
    ],
    orgName: org?.name ?? response.orgId,
    path: `/responses/${response.id}`,
    runbook: null,
    correlationId: finding.alertId ?? finding.id,
  };
}

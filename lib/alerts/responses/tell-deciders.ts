import { PERMISSIONS } from '@/lib/auth/permissions';
import { findOrganization } from '@/lib/auth/store/org-rows';
import { findUser } from '@/lib/auth/store/user-rows';
import type { Sql } from '@/lib/db/sql';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { toIso } from '@/lib/kernel/instant';
import { planDeliveries } from '../deliveries/plan-delivery';
import { putInInbox } from '../inbox/put-in-inbox';
import type { Message } from '../model/message';
import { calledName, type Response, sentenceOf } from '../model/response/response';
import { configuredChannels } from '../routing/configured-channels';
import { selectRecipients } from '../store/alert/inbox-rows';
import { concernedBy } from './concerned';

/** Channels of the environment that a waiting response is told on; an incident is opened by its alert already. */
const TOLD_ON: readonly string[] = ['env_slack', 'env_email'];

/**
 * Tells those who may decide that a response waits for them, by inbox and by the environment's channels; not whom it is about
 * nor who did what was found. Within the transaction that makes it wait.
 */
export async function tellDeciders(
  sql: Sql,
  {
    response,
    finding,
    now,
  }: { readonly response: Response; readonly finding: KeptFinding; readonly now: Date },
): Promise<void> {
  const { orgId } = response;
  const key = `response/${response.id}`;
  const message = await messageOf(sql, response, finding);
  const users = await decidersFor(sql, response, finding);
  const people = await putInInbox(
    sql,
    {
      key,
      orgId,
      alertId: finding.alertId ?? '',
      at: now,
      severity: message.severity,
      title: message.title,
      purpose: 'response',
      path: message.path,
    },
    { roles: [], users },
  );
  const configured = configuredChannels();
  const channels = [...(people.length === 0 ? [] : ['inbox']), ...TOLD_ON.filter((id) => configured.has(id))];
  await planDeliveries(
    sql,
    channels.map((channelId) => ({
      key: `${key}/${channelId}`,
      orgId,
      alertId: finding.alertId,
      channelId,
      purpose: 'response',
      message,
      notBefore: now,
      held: null,
    })),
    now,
  );
}

async function decidersFor(sql: Sql, response: Response, finding: KeptFinding): Promise<string[]> {
  const { roles } = PERMISSIONS['responses.decide'];
  const concerned = await concernedBy(sql, response, finding);
  const ids: string[] = [];
  for (const { id } of await selectRecipients(sql, { orgId: response.orgId, roles, users: [] })) {
    const address = (await findUser(sql, id))?.email.toLowerCase() ?? '';
    if (!concerned.target.has(address) && !concerned.actor.has(address)) ids.push(id);
  }
  return ids;
}

async function messageOf(sql: Sql, response: Response, finding: KeptFinding): Promise<Message> {
  const org = await findOrganization(sql, response.orgId);
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

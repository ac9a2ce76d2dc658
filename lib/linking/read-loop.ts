import { policyAt } from '@/lib/auth/settings/apply-policy';
import type { Sql } from '@/lib/db/sql';
import { knownClients } from '@/lib/directory/known-clients';
import { deploymentsOf, reachesAround } from './model/loop/deployment';
import { actsOf } from './store/commits/change-commits';

/** Ids of the OAuth clients that the policy in force calls pipelines, by id or by name. */
export async function pipelineClientsAt(sql: Sql, orgId: string, at: Date): Promise<ReadonlySet<string>> {
  const named = (await policyAt(sql, { orgId, at })).pipelineClients ?? [];
  const clients = new Map([...(await knownClients(sql, orgId)).values()].map((one) => [one.name, one.id]));
  return new Set(named.map((client) => clients.get(client) ?? client));
}

/** How many other changes one client made in the deployment of a change. */
export async function neighboursOf(
  sql: Sql,
  orgId: string,
  change: { readonly id: string; readonly at: Date; readonly actorId: string | null },
): Promise<number> {
  if (change.actorId === null) return 0;
  const acts = await actsOf(sql, { orgId, actorIds: [change.actorId], ranges: reachesAround([change.at]) });
  const one = { changeId: change.id, at: change.at, actorId: change.actorId };
  const together = deploymentsOf([one], acts).get(change.id) ?? [];
  return new Set(together.map((act) => act.changeId)).size - (together.length > 0 ? 1 : 0);
}

import { knownClients } from '@/lib/directory/known-clients';
import type { Connection } from './connections';
import type { Product } from './product';

/** Ids of the pipelines' OAuth clients; the policy names them by id or by name. */
export async function pipelineClients(
  { db }: Product,
  { orgId, policy }: Connection,
): Promise<ReadonlySet<string>> {
  const clients = await knownClients(db.sql, orgId);
  const named = new Map([...clients.values()].map((client) => [client.name, client.id]));
  return new Set((policy.pipelineClients ?? []).map((client) => named.get(client) ?? client));
}

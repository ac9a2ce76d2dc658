import { z } from 'zod';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { Answer, GenesysClient } from './connect';
import { type Excess, excessOf, type PermissionPolicy } from './model/permissions';
import { ask, mustBeOurs } from './permission-probes';

const names = z.array(z.string()).default([]);
const policy = z.looseObject({ domain: z.string(), entityName: z.string().default('*'), actions: names });
const subject = z.looseObject({
  grants: z.array(
    z.looseObject({ role: z.looseObject({ id: z.string().min(1), policies: z.array(policy).default([]) }) }),
  ),
});
const role = z.looseObject({
  permissionPolicies: z.array(
    z.looseObject({ domain: z.string(), entityName: z.string().default('*'), actionSet: names }),
  ),
});

/**
 * What the client's own roles allow beyond what the product needs. `grants` is the answer of `/authorization/subjects/{client}`.
 * A role whose policies are not in that answer is read by itself; one that cannot be read makes the whole not evaluated.
 */
export async function readExcess(
  client: GenesysClient,
  grants: Answer | undefined,
  signal: AbortSignal | undefined,
): Promise<Evaluated<Excess>> {
  if (!grants) return notEvaluated('the grants of the client cannot be read (authorization:grant:view)');
  const held = await readHeld(client, grants, signal);
  return held.kind === 'known' ? known(excessOf(held.value)) : held;
}

/** What the client's own roles allow, asked anew; not evaluated where its grants or a role of it cannot be read. */
export async function readOwnPermissions(
  client: GenesysClient,
  options: { readonly signal?: AbortSignal } = {},
): Promise<Evaluated<readonly PermissionPolicy[]>> {
  const path = `/api/v2/authorization/subjects/${encodeURIComponent(client.clientId)}`;
  try {
    return await readHeld(client, await ask(client, path, {}, options.signal), options.signal);
  } catch (thrown) {
    return notEvaluated(mustBeOurs(thrown).message);
  }
}

async function readHeld(
  client: GenesysClient,
  grants: Answer,
  signal: AbortSignal | undefined,
): Promise<Evaluated<readonly PermissionPolicy[]>> {
  const read = subject.safeParse(grants.body);
  if (!read.success) return notEvaluated('the grants of the client came in a form we do not know');
  // It has just read something: a client without any grant was not listed truly.
  if (read.data.grants.length === 0) return notEvaluated('the platform lists no grant of the client');
  const policies: PermissionPolicy[] = [];
  const unknownRoles = new Set<string>();
  for (const { role: held } of read.data.grants) {
    if (held.policies.length === 0) unknownRoles.add(held.id);
    policies.push(...held.policies);
  }
  try {
    for (const id of unknownRoles) policies.push(...(await readRole(client, id, signal)));
  } catch (thrown) {
    return notEvaluated(mustBeOurs(thrown).message);
  }
  if (policies.length === 0) return notEvaluated('the roles of the client name no permission');
  return known(policies);
}

async function readRole(
  client: GenesysClient,
  id: string,
  signal: AbortSignal | undefined,
): Promise<PermissionPolicy[]> {
  const answer = await ask(client, `/api/v2/authorization/roles/${encodeURIComponent(id)}`, {}, signal);
  const read = role.safeParse(answer.body);
  if (!read.success) return [];
  return read.data.permissionPolicies.map(({ domain, entityName, actionSet }) => ({
    domain,
    entityName,
    actions: actionSet,
  }));
}

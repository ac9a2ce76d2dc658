import type { Sql } from '@/lib/db/sql';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { whyNotFresh } from './fresh-kinds';
import { privilegedRolesAt } from './policy-at';
import { loadHoldings, type RoleHolding } from './store/role-holders';

/** What has to be known to say who else holds a role. */
const KINDS = ['grant', 'role', 'user'] as const;

/**
 * The privileged roles that a person holds, each with how many other active people hold it, as the directory knows it.
 * Not evaluated where people, roles or grants were not read completely in the last 26 hours.
 */
export async function privilegedHoldings(
  sql: Sql,
  of: { readonly orgId: string; readonly userId: string; readonly now: Date },
): Promise<Evaluated<readonly RoleHolding[]>> {
  const because = await whyNotFresh(sql, { orgId: of.orgId, kinds: KINDS, now: of.now });
  if (because !== null) return notEvaluated(because);
  const roleIds = [...(await privilegedRolesAt(sql, of.orgId, of.now))];
  return known(await loadHoldings(sql, { orgId: of.orgId, userId: of.userId, roleIds }));
}

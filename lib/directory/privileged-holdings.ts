import type { Sql } from '@/lib/db/sql';
import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import { privilegedRolesAt } from './policy-at';
import { loadHoldings, type RoleHolding } from './store/role-holders';
import { loadNewestRun } from './store/snapshot-runs';

/** A daily reading and two hours of grace. */
const FRESH_FOR_MS = 26 * HOUR_MS;
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
  for (const kind of KINDS) {
    const run = await loadNewestRun(sql, of.orgId, kind);
    if (run === null) return notEvaluated(`the ${kind}s were never read`);
    if (run.outcome !== 'complete')
      return notEvaluated(`the ${kind}s were not read completely at ${toIso(run.takenAt)}`);
    if (run.takenAt < addMs(of.now, -FRESH_FOR_MS))
      return notEvaluated(`the ${kind}s were last read at ${toIso(run.takenAt)}, more than 26 hours ago`);
  }
  const roleIds = [...(await privilegedRolesAt(sql, of.orgId, of.now))];
  return known(await loadHoldings(sql, { orgId: of.orgId, userId: of.userId, roleIds }));
}

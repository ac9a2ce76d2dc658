import type { Sql } from '@/lib/db/sql';
import { BUILT_IN_OPENING, BUILT_IN_SLA } from './model/rules';
import { type RulesOf, selectRules } from './store/rules';

/** The rules of exceptions as they hold at an instant; what is built in where an organisation set none. */
export async function rulesInForce(sql: Sql, orgId: string, at: Date): Promise<RulesOf> {
  const asked = { orgId, at, limit: 1 };
  const [opening] = await selectRules(sql, { ...asked, kind: 'opening' });
  const [assignment] = await selectRules(sql, { ...asked, kind: 'assignment' });
  const [sla] = await selectRules(sql, { ...asked, kind: 'sla' });
  return {
    opening: opening?.rules ?? BUILT_IN_OPENING,
    assignment: assignment?.rules ?? [],
    sla: sla?.rules ?? BUILT_IN_SLA,
  };
}

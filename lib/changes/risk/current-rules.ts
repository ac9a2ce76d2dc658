import type { Sql } from '@/lib/db/sql';
import { BUILT_IN_RULES } from '../model/risk/built-in-rules';
import type { RiskRule } from '../model/risk/rule';
import { ruleVersions } from '../store/risk/rule-facts';

/** The newest version of every rule that people can change: the product's own and those added here, on or off. */
export async function currentRules(sql: Sql, orgId: string): Promise<readonly RiskRule[]> {
  const newest = new Map(BUILT_IN_RULES.map((rule) => [rule.id, rule]));
  for (const { rule } of await ruleVersions(sql, orgId)) newest.set(rule.id, rule);
  return [...newest.values()];
}

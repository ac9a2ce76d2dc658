import type { Sql } from '@/lib/db/sql';
import { BUILT_IN_RULES, type RoutingRule } from '../model/routing/built-in-rules';
import { type RuleVersion, versionsAt } from '../store/alert/rule-rows';

/** A rule in force with who set it; null: as it comes with the product. */
export type RuleInForce = RoutingRule & { readonly set: RuleVersion | null };

/**
 * The routing rules at an instant: those that people made first, the newest first, then the product's own in their order.
 * The first that is about a finding decides how it is grouped.
 */
export async function rulesInForce(sql: Sql, at: Date): Promise<RuleInForce[]> {
  const versions = new Map((await versionsAt(sql, at)).map((version) => [version.ruleId, version]));
  const builtIn = BUILT_IN_RULES.map(({ id, rule }): RuleInForce => {
    const set = versions.get(id) ?? null;
    versions.delete(id);
    return { id, rule: set?.rule ?? rule, set };
  });
  const own = [...versions.values()]
    .filter((version) => !version.removed)
    .map((set): RuleInForce => ({ id: set.ruleId, rule: set.rule, set }))
    .sort((a, b) => (a.id < b.id ? 1 : -1));
  return [...own, ...builtIn];
}

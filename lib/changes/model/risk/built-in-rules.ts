import type { Risk } from '@/lib/kernel/words';
import { ACCESS_RULES } from './built-in/access';
import { DATA_RULES } from './built-in/data';
import { PEOPLE_RULES } from './built-in/people';
import { ROUTING_RULES } from './built-in/routing';
import type { RiskRule, RuleContent } from './rule';

/** A line of the product's own table; what is left out matches anything. */
export type BuiltIn = Pick<RuleContent, 'name' | 'reason'> &
  Partial<Omit<RuleContent, 'name' | 'reason' | 'level' | 'enabled' | 'actor'>> & {
    readonly id: string;
    readonly level: Risk;
    /** What nobody should be without: switching it off is warned about and stays in sight. */
    readonly guards?: 'deletions';
  };

const TABLE: readonly BuiltIn[] = [...ACCESS_RULES, ...PEOPLE_RULES, ...ROUTING_RULES, ...DATA_RULES];

/** The product's own rules: version 1 of each, in force at every instant until an organisation says otherwise. */
export const BUILT_IN_RULES: readonly RiskRule[] = TABLE.map(({ guards: _, ...rule }) => ({
  service: null,
  entityTypes: [],
  actions: [],
  properties: [],
  actor: null,
  conditions: [],
  enabled: true,
  version: 1,
  ...rule,
}));

const GUARDS = new Set(TABLE.filter((rule) => rule.guards === 'deletions').map((rule) => rule.id));

/** Whether a rule guards deletions of trunks or divisions. */
export function guardsDeletions(ruleId: string): boolean {
  return GUARDS.has(ruleId);
}

/** The rule of the product with this id, or null. */
export function builtInRule(ruleId: string): RiskRule | null {
  return BUILT_IN_RULES.find((rule) => rule.id === ruleId) ?? null;
}

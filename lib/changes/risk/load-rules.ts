import { policyHistory } from '@/lib/auth/settings/policy-history';
import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sha256Hex } from '@/lib/kernel/hash';
import { BUILT_IN_RULES } from '../model/risk/built-in-rules';
import { ruleOfPolicy } from '../model/risk/policy-rules';
import type { RiskRule } from '../model/risk/rule';
import { type RuleSpan, spansOf } from '../model/risk/rule-book';
import { ruleVersions } from '../store/risk/rule-facts';

/** Every rule that ever judged changes of an organisation, and which event times: the product's own, people's and the policy's. */
export async function loadRiskRules(sql: Sql, orgId: string): Promise<readonly RuleSpan[]> {
  const versions = new Map<string, { rule: RiskRule; effectiveFrom: Date | null }[]>(
    BUILT_IN_RULES.map((rule) => [rule.id, [{ rule, effectiveFrom: null }]]),
  );
  for (const version of await ruleVersions(sql, orgId)) {
    const known = versions.get(version.rule.id);
    if (known === undefined) versions.set(version.rule.id, [version]);
    else known.push(version);
  }
  return [...[...versions.values()].flatMap(spansOf), ...(await policySpans(sql, orgId))];
}

/** What marks of an organisation's changes may mean: every version of every rule. */
export async function allRuleVersions(sql: Sql, orgId: string): Promise<readonly RiskRule[]> {
  const stored = await ruleVersions(sql, orgId);
  const policy = await policySpans(sql, orgId);
  return [...BUILT_IN_RULES, ...stored.map(({ rule }) => rule), ...policy.map(({ rule }) => rule)];
}

/** A line of the policy is named after what it says: the same line is the same rule, whenever it is in force. */
async function policySpans(sql: Sql, orgId: string): Promise<RuleSpan[]> {
  const periods = await policyHistory(sql, { part: 'highRisk', orgId });
  return periods.flatMap(({ from, to, value }) => {
    const rules = new Map<string, RiskRule>();
    for (const line of value) {
      const content = ruleOfPolicy(line);
      if (content === null) continue;
      const id = `policy-${sha256Hex(canonicalJson({ ...content })).slice(0, 10)}`;
      rules.set(id, { ...content, id, version: 1 });
    }
    return [...rules.values()].map((rule) => ({ rule, from, to }));
  });
}

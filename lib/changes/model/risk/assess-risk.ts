import { RISKS, type Risk } from '@/lib/kernel/words';
import { type Assessed, holds, type RiskContext } from './conditions';
import { markOf, specificityOf } from './rule';
import type { ReadyRule } from './rule-book';

export type { RiskContext } from './conditions';

/** The rule that depends on what else is known, and is taken back when an earlier record turns up. */
export const NEW_ADDRESS_RULE = 'new-address';

/** `rules[n]` is the mark of the rule that gave `reasons[n]`. */
export type AssessedRisk = {
  readonly risk: Risk;
  readonly reasons: readonly string[];
  readonly rules: readonly string[];
};

/**
 * Low, medium, high or critical, with every reason in words and the rule behind it.
 *
 * All rules that match count and the highest level decides: a rule can raise what others say and never hide it, so that the
 * order of rules plays no part and nobody loses a risk by adding a narrower rule. To lower something, the rule that says it is
 * changed. The gravest reason stands first; of one level the narrowest rule, then by id.
 *
 * What was refused or only read is low whatever it touched, except for a grant without a cause. Source: design 5, risk.
 */
export function assessRisk(
  change: Assessed,
  context: RiskContext,
  rules: readonly ReadyRule[],
): AssessedRisk {
  const { excludedReason } = context;
  const isAct =
    excludedReason === null || excludedReason === 'excused' || excludedReason === 'genesys_internal';
  const found = rules
    .filter(
      ({ rule, property }) =>
        (isAct || rule.conditions.includes('uncaused_grant')) &&
        concerns(rule, property, change) &&
        rule.conditions.every((condition) => holds(condition, change, context)),
    )
    .map(({ rule }) => rule)
    .sort(
      (a, b) =>
        rankOf(b.level) - rankOf(a.level) ||
        specificityOf(b) - specificityOf(a) ||
        (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
    );
  return {
    risk: found[0]?.level ?? 'low',
    reasons: found.map((rule) => rule.reason),
    rules: found.map(markOf),
  };
}

/** 1 for low to 4 for critical: how the database orders them. */
export function rankOf(risk: Risk): number {
  return RISKS.indexOf(risk) + 1;
}

/** The word of a rank; what is out of range counts as low. */
export function riskOfRank(rank: number): Risk {
  return RISKS[rank - 1] ?? 'low';
}

function concerns(rule: ReadyRule['rule'], property: RegExp | null, change: Assessed): boolean {
  if (rule.service !== null && rule.service !== change.service) return false;
  if (rule.entityTypes.length > 0 && !rule.entityTypes.includes(change.entityType)) return false;
  if (rule.actions.length > 0 && !rule.actions.includes(change.action)) return false;
  if (rule.actor !== null && ![change.actorId, change.userId, change.clientId].includes(rule.actor))
    return false;
  return property === null || change.propertyChanges.some((one) => property.test(one.property));
}

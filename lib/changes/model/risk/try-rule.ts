import type { Risk } from '@/lib/kernel/words';
import type { RiskRule } from './rule';
import type { RuleSpan } from './rule-book';

/** The rules as they stand with this one in the place of all its versions, at every instant: how a proposal is tried on the past. */
export function withRule(spans: readonly RuleSpan[], rule: RiskRule): RuleSpan[] {
  return [...spans.filter((span) => span.rule.id !== rule.id), { rule, from: null, to: null }];
}

/** What a rule as proposed does to the changes it was tried on. */
export type Effect = {
  readonly matched: number;
  readonly becomeHigh: number;
  readonly stopHigh: number;
  readonly otherwise: number;
};
export const NO_EFFECT: Effect = { matched: 0, becomeHigh: 0, stopHigh: 0, otherwise: 0 };

/** The effect with one more change in it. */
export function countEffect(
  effect: Effect,
  one: { readonly from: Risk; readonly to: Risk; readonly matched: boolean },
): Effect {
  const was = isHigh(one.from);
  const is = isHigh(one.to);
  return {
    matched: effect.matched + Number(one.matched),
    becomeHigh: effect.becomeHigh + Number(is && !was),
    stopHigh: effect.stopHigh + Number(was && !is),
    otherwise: effect.otherwise + Number(was === is && one.from !== one.to),
  };
}

function isHigh(risk: Risk): boolean {
  return risk === 'high' || risk === 'critical';
}

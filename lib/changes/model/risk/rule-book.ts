import { propertyPattern, type RiskRule } from './rule';

/** A version of a rule and the event times it judges, in [from, to); null is open. */
export type RuleSpan = { readonly rule: RiskRule; readonly from: Date | null; readonly to: Date | null };

/** A rule ready to be held against changes. */
export type ReadyRule = { readonly rule: RiskRule; readonly property: RegExp | null };

/** Which rules judge a change that happened at an instant. */
export type RuleBook = { at(instant: Date): readonly ReadyRule[] };

/**
 * The spans of one rule's versions: a version judges changes from its effective instant on, until one decided later begins.
 * A version decided later whose effective instant lies earlier replaces what stood between. Requires versions in their order.
 */
export function spansOf(
  versions: readonly { readonly rule: RiskRule; readonly effectiveFrom: Date | null }[],
): RuleSpan[] {
  return versions.flatMap(({ rule, effectiveFrom: from }, index) => {
    const later = versions.slice(index + 1).map((one) => one.effectiveFrom?.getTime() ?? -Infinity);
    const end = later.length === 0 ? Infinity : Math.min(...later);
    if (end <= (from?.getTime() ?? -Infinity)) return [];
    return [{ rule, from, to: end === Infinity ? null : new Date(end) }];
  });
}

/** The rules that are on at each instant; the order they are given in plays no part. */
export function ruleBook(spans: readonly RuleSpan[]): RuleBook {
  const on = spans.filter(({ rule }) => rule.enabled);
  const edges = new Set<number>();
  for (const { from, to } of on) {
    if (from !== null) edges.add(from.getTime());
    if (to !== null) edges.add(to.getTime());
  }
  const ready = new Map(on.map(({ rule }) => [rule, { rule, property: propertyPattern(rule.properties) }]));
  const periods = [-Infinity, ...[...edges].sort((a, b) => a - b)].map((start) => ({
    start,
    rules: on
      .filter(
        ({ from, to }) => (from?.getTime() ?? -Infinity) <= start && start < (to?.getTime() ?? Infinity),
      )
      .flatMap(({ rule }) => ready.get(rule) ?? []),
  }));
  return {
    at: (instant) => periods.findLast(({ start }) => start <= instant.getTime())?.rules ?? [],
  };
}

import type { Observation } from './control';
import type { ReconciledRule, Reconciliation } from './inputs';
import { mustBeNone, untold } from './observe';

/** One observation per rule: none may be found; a rule that was not evaluated, or that the reconciliation does not know, cannot be told. */
export function observeRules(
  reconciliation: Reconciliation,
  rules: readonly { readonly rule: string; readonly what: string; readonly noun: string }[],
): readonly Observation[] {
  const found = new Map(reconciliation.rules.map((one): [string, ReconciledRule] => [one.rule, one]));
  return rules.map(({ rule, what, noun }) => {
    const one = found.get(rule);
    const about = { what, key: rule, subject: { type: 'DriftRule', id: rule, name: one?.title ?? what } };
    if (one === undefined) return untold(about, 'none', 'the reconciliation does not look for it');
    if (one.notEvaluated !== null) return untold(about, 'none', one.notEvaluated);
    return mustBeNone(about, one.holding, noun, one.worst);
  });
}

/** A reconciliation for examples: every rule evaluated and nothing found, unless said otherwise. */
export function exampleReconciliation(
  rules: readonly string[],
  changed: Readonly<Record<string, Partial<ReconciledRule>>> = {},
  leavers: Partial<Reconciliation['leavers']> = {},
): Reconciliation {
  return {
    asOf: '2026-11-30T00:05:00Z',
    users: 120,
    rules: rules.map((rule) => ({
      rule,
      title: rule,
      notEvaluated: null,
      holding: 0,
      worst: null,
      ...changed[rule],
    })),
    leavers: {
      prompt: 4,
      late: 0,
      stillActive: 0,
      notEvaluated: 0,
      thresholdHours: 24,
      slowestHours: 6,
      ...leavers,
    },
  };
}

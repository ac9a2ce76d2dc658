import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type Evaluated, known, notEvaluated } from '@/lib/kernel/outcome';
import type { Reconciliation } from './inputs';

/** A daily reconciliation and two hours of grace. */
const FRESH_FOR_MS = 26 * HOUR_MS;

/** What the room of access keeps of one reconciliation, as far as controls need it. */
export type ReconciliationRun = {
  readonly asOf: Date;
  readonly finishedAt: Date;
  readonly rules: readonly {
    readonly rule: string;
    readonly outcome: 'evaluated' | 'not_evaluated';
    readonly because: string | null;
    readonly items: number;
  }[];
  readonly counts: { readonly users: number };
};

/** One person who left, and how fast the account was closed. */
export type LeaverTold = {
  readonly outcome: 'prompt' | 'late' | 'still_active' | 'unknown_to_platform' | 'not_evaluated';
  readonly tookMs: number | null;
  readonly thresholdMs: number;
};

/** The newest reconciliation as controls look at it; one that is too old says nothing about now. */
export function reconciliationInput(
  run: ReconciliationRun | null,
  of: {
    readonly now: Date;
    readonly titleOf: (rule: string) => string;
    readonly worstOf: (rule: string) => string | null;
    readonly leavers: readonly LeaverTold[];
  },
): Evaluated<Reconciliation> {
  if (run === null) return notEvaluated('access was never held against the personnel list');
  if (run.finishedAt < addMs(of.now, -FRESH_FOR_MS))
    return notEvaluated(
      `access was last held against the personnel list at ${toIso(run.finishedAt)}, more than 26 hours ago`,
    );
  const count = (outcome: LeaverTold['outcome']) =>
    of.leavers.filter((one) => one.outcome === outcome).length;
  const closed = of.leavers.flatMap((one) =>
    (one.outcome === 'prompt' || one.outcome === 'late') && one.tookMs !== null ? [one.tookMs / HOUR_MS] : [],
  );
  return known({
    asOf: toIso(run.asOf),
    users: run.counts.users,
    rules: run.rules.map(({ rule, outcome, because, items }) => ({
      rule,
      title: of.titleOf(rule),
      notEvaluated: outcome === 'evaluated' ? null : (because ?? 'it was not evaluated'),
      holding: items,
      worst: of.worstOf(rule),
    })),
    leavers: {
      prompt: count('prompt'),
      late: count('late'),
      stillActive: count('still_active'),
      notEvaluated: count('not_evaluated'),
      thresholdHours: Math.round((of.leavers[0]?.thresholdMs ?? 0) / HOUR_MS),
      slowestHours: closed.length === 0 ? null : Math.max(...closed),
    },
  });
}

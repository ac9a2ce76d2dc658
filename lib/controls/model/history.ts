import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { Outcome } from '@/lib/kernel/words';

/** What history is made of: a result without its observations. */
export type PastResult = {
  readonly id: string;
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly sentence: string;
  readonly evaluatedAt: Date;
};

export type DayState = {
  /** Midnight (UTC) at which the day begins. */
  readonly day: Date;
  readonly outcome: Outcome;
  readonly because: string | null;
  readonly resultId: string | null;
};

/** How a control stands by its last result at an instant: one that is too old says nothing about it any more. */
export function standsAt<R extends Pick<PastResult, 'outcome' | 'because' | 'evaluatedAt'>>(
  last: R | null,
  at: Date,
  freshMs: number,
): { readonly outcome: Outcome; readonly because: string | null; readonly result: R | null } {
  if (last === null)
    return { outcome: 'not_evaluated', because: 'no run: it was never looked at until then', result: null };
  if (at.getTime() - last.evaluatedAt.getTime() > freshMs)
    return {
      outcome: 'not_evaluated',
      because: `no run: it was last looked at ${toIso(last.evaluatedAt)}`,
      result: last,
    };
  return { outcome: last.outcome, because: last.because, result: last };
}

/**
 * The state at the end of each UTC day of [from, to): the last result before the day's end, or before now for a day that is not over.
 * Days that have not begun are left out. Takes results in any order, with the last one before `from` among them.
 */
export function daysOf(
  results: readonly PastResult[],
  of: { readonly from: Date; readonly to: Date; readonly now: Date; readonly freshMs: number },
): DayState[] {
  const ordered = [...results].sort((a, b) => a.evaluatedAt.getTime() - b.evaluatedAt.getTime());
  const days: DayState[] = [];
  let next = 0;
  let last: PastResult | null = null;
  for (let day = of.from; day < of.to && day <= of.now; day = addMs(day, DAY_MS)) {
    const dayEnd = addMs(day, DAY_MS);
    const end = dayEnd < of.now ? dayEnd : of.now;
    // A result of the very end belongs to the next day, but to today as long as today is not over.
    while (next < ordered.length) {
      const one = ordered[next];
      if (one === undefined || (end === dayEnd ? one.evaluatedAt >= end : one.evaluatedAt > end)) break;
      last = one;
      next++;
    }
    const { outcome, because, result } = standsAt(last, end, of.freshMs);
    days.push({ day, outcome, because, resultId: result?.id ?? null });
  }
  return days;
}

export type OutcomeChange = {
  readonly at: Date;
  readonly from: Outcome | null;
  readonly to: Outcome;
  readonly sentence: string;
  readonly resultId: string;
};

/** The moments of [from, to) at which a result said something else than the one before it, oldest first. */
export function changesOf(
  results: readonly PastResult[],
  of: { readonly from: Date; readonly to: Date },
): OutcomeChange[] {
  const ordered = [...results].sort((a, b) => a.evaluatedAt.getTime() - b.evaluatedAt.getTime());
  return ordered.flatMap((one, place) => {
    const before = ordered[place - 1] ?? null;
    if (before?.outcome === one.outcome || one.evaluatedAt < of.from || one.evaluatedAt >= of.to) return [];
    return [
      {
        at: one.evaluatedAt,
        from: before?.outcome ?? null,
        to: one.outcome,
        sentence: one.sentence,
        resultId: one.id,
      },
    ];
  });
}

import type { SnapshotOutcome } from './diff-snapshot';

/** Counts of one reading of one kind. Totals are null where the source offers none. */
export type ReadingCounts = {
  readonly outcome: SnapshotOutcome;
  readonly because?: string | undefined;
  /** What the source, or an independent count, says there should be. */
  readonly expectedTotal: number | null;
  /** The source's own total before the first page and after the last one. */
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  /** Different entities read. */
  readonly distinctCount: number;
};

export type Reconciliation = {
  readonly outcome: SnapshotOutcome;
  /** Words for people; always there unless the outcome is complete. */
  readonly because: string | null;
  /** The source changed while it was read: reading again can help. */
  readonly moved: boolean;
};

/**
 * Whether a reading is complete, decided by the counts and not by the reader's word alone: a reader's failure stands, a
 * total that moved or that differs from what was read makes it partial. 50 of 1,500 is never complete.
 */
export function reconcileTotals(counts: ReadingCounts): Reconciliation {
  const { outcome, expectedTotal, totalBefore, totalAfter, distinctCount } = counts;
  const moved = totalBefore !== null && totalAfter !== null && totalBefore !== totalAfter;
  if (outcome !== 'complete') {
    return {
      outcome,
      because: counts.because ?? 'the reader gave no reason',
      moved: moved && outcome === 'partial',
    };
  }
  if (moved) {
    return partial(
      `the total moved from ${count(totalBefore)} to ${count(totalAfter)} while it was read`,
      true,
    );
  }
  const total = totalAfter ?? totalBefore;
  if (total !== null && distinctCount !== total) {
    return partial(`read ${count(distinctCount)} of ${count(total)}`, distinctCount > total);
  }
  if (expectedTotal !== null && distinctCount !== expectedTotal) {
    return partial(`read ${count(distinctCount)}, expected ${count(expectedTotal)}`, false);
  }
  return { outcome: 'complete', because: null, moved: false };
}

function partial(because: string, moved: boolean): Reconciliation {
  return { outcome: 'partial', because, moved };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

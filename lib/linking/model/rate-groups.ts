import type { Bucket } from '@/lib/kernel/words';
import type { RateCounts } from '../contract';
import type { BreakdownTotals } from '../contract/rate-breakdown';
import { bucketsOf, type RateTotals } from './rate';

/** What one group of changes comes to. */
export type GroupCounts = { readonly counts: RateCounts; readonly bypasses: number };

/** Points that a trend the size of a word can show. */
export const MAX_TREND_POINTS = 62;

/** A group with its rate, and its part of everything unlinked in the period. */
export function totalsOf({ counts, bypasses }: GroupCounts, all: RateCounts): BreakdownTotals {
  const { unlinked, total } = sumsOf(counts);
  const whole = sumsOf(all).unlinked;
  return {
    unlinked,
    total,
    rate: total === 0 ? null : unlinked / total,
    counts,
    bypasses,
    share: whole === 0 ? null : unlinked / whole,
  };
}

/** Everything that is not linked, and everything. */
export function sumsOf(counts: RateCounts): Pick<RateTotals, 'unlinked' | 'total'> {
  const unlinked = counts.late_approval + counts.outside_window + counts.mismatch + counts.unlinked;
  return { unlinked, total: unlinked + counts.linked };
}

/** The finest bucket, not finer than the one asked for, that gives a trend few enough points. */
export function trendBucket(range: { readonly from: Date; readonly to: Date }, asked: Bucket): Bucket {
  const coarser: readonly Bucket[] = ['hour', 'day', 'week', 'month'];
  const from = coarser.slice(coarser.indexOf(asked));
  return from.find((bucket) => bucketsOf(range, bucket).length <= MAX_TREND_POINTS) ?? 'month';
}

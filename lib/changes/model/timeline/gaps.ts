import { HOUR_MS, type Interval } from '@/lib/kernel/instant';
import type { CoverageState } from '@/lib/kernel/words';

export type SeenHour = {
  readonly hour: Date;
  readonly state: CoverageState;
  readonly because: string | null;
};

export type Gap = {
  readonly from: Date;
  readonly to: Date;
  readonly hours: number;
  readonly state: 'gap' | 'not_evaluated';
  readonly because: string | null;
};

/**
 * The stretches of hours that were not seen, joined where they touch and tell the same. Hours still pending are no gaps: their
 * time comes.
 */
export function gapsOf(hours: readonly SeenHour[]): Gap[] {
  const gaps: Gap[] = [];
  for (const { hour, state, because } of hours) {
    if (state !== 'gap' && state !== 'not_evaluated') continue;
    const to = new Date(hour.getTime() + HOUR_MS);
    const last = gaps.at(-1);
    if (
      last !== undefined &&
      last.to.getTime() === hour.getTime() &&
      last.state === state &&
      last.because === because
    )
      gaps[gaps.length - 1] = { ...last, to, hours: last.hours + 1 };
    else gaps.push({ from: hour, to, hours: 1, state, because });
  }
  return gaps;
}

/** Hours of the range that lie in gaps, whole hours touched. */
export function missingHours(gaps: readonly Gap[], range: Interval): number {
  return gaps.reduce((sum, gap) => {
    const from = Math.max(gap.from.getTime(), Math.floor(range.from.getTime() / HOUR_MS) * HOUR_MS);
    const to = Math.min(gap.to.getTime(), Math.ceil(range.to.getTime() / HOUR_MS) * HOUR_MS);
    return sum + Math.max(0, to - from) / HOUR_MS;
  }, 0);
}

import type { CoverageHourDto } from '@/lib/changes/contract';
import { HOUR_MS } from '@/lib/kernel/instant';

/** A stretch of time that was not seen: asked and not answered, or not allowed to be read. */
export type BlindSpan = { readonly from: number; readonly to: number };

/** Hours that were not seen, joined where they touch, in order. Hours still pending are not blind: their time comes. */
export function blindSpans(hours: readonly CoverageHourDto[]): BlindSpan[] {
  const blind = hours
    .filter((hour) => hour.state === 'gap' || hour.state === 'not_evaluated')
    .map((hour) => Date.parse(hour.hour))
    .sort((a, b) => a - b);
  const spans: { from: number; to: number }[] = [];
  for (const from of blind) {
    const last = spans.at(-1);
    if (last !== undefined && from <= last.to) last.to = Math.max(last.to, from + HOUR_MS);
    else spans.push({ from, to: from + HOUR_MS });
  }
  return spans;
}

/** Hours of `[from, to)` that were not seen. */
export function blindHoursIn(spans: readonly BlindSpan[], from: number, to: number): number {
  return spans.reduce(
    (sum, span) => sum + Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)) / HOUR_MS,
    0,
  );
}

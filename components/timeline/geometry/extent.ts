import type { Range } from '@/components/url/period';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';

/** A visible stretch of time, `[from, to)`, in milliseconds since 1970. */
export type Extent = { readonly from: number; readonly to: number };

/** The lengths one may ask for by a button, shortest first. */
export const ZOOMS = [
  { id: 'hour', word: 'Hour', ms: HOUR_MS },
  { id: 'day', word: 'Day', ms: DAY_MS },
  { id: 'week', word: 'Week', ms: 7 * DAY_MS },
  { id: 'month', word: 'Month', ms: 30 * DAY_MS },
  { id: 'year', word: 'Year', ms: 365 * DAY_MS },
] as const;
export type ZoomId = (typeof ZOOMS)[number]['id'];

const SHORTEST_MS = 10 * MINUTE_MS;
const LONGEST_MS = 730 * DAY_MS;

export function extentOf(range: Range): Extent {
  return { from: range.from.getTime(), to: range.to.getTime() };
}

export function lengthOf(extent: Extent): number {
  return extent.to - extent.from;
}

/** The button that the extent's length is, or null between them. */
export function zoomOf(extent: Extent): ZoomId | null {
  return ZOOMS.find((zoom) => Math.abs(lengthOf(extent) - zoom.ms) < MINUTE_MS)?.id ?? null;
}

/** As much of the time as `factor` says, the instant `around` staying where it is on the screen. */
export function zoomAround(extent: Extent, around: number, factor: number, now: number): Extent {
  const length = Math.min(Math.max(lengthOf(extent) * factor, SHORTEST_MS), LONGEST_MS);
  const share = (around - extent.from) / lengthOf(extent);
  const from = around - share * length;
  return withinTime({ from, to: from + length }, now);
}

/** An extent of that length with the instant in its middle. */
export function centredOn(around: number, ms: number, now: number): Extent {
  return withinTime({ from: around - ms / 2, to: around + ms / 2 }, now);
}

/**
 * The extent at another length, around its middle. One that reaches to the end of time stays there, since the newest is what one looks for:
 * up to the end of today, and within a day up to the end of this hour.
 */
export function resized(extent: Extent, ms: number, now: number): Extent {
  if (extent.to < now) return centredOn((extent.from + extent.to) / 2, ms, now);
  const step = ms < DAY_MS ? HOUR_MS : DAY_MS;
  const to = Math.ceil(now / step) * step;
  return { from: to - ms, to };
}

export function panned(extent: Extent, byMs: number, now: number): Extent {
  return withinTime({ from: extent.from + byMs, to: extent.to + byMs }, now);
}

/** Moved back where it would reach beyond the end of today, UTC; the length stays. */
function withinTime(extent: Extent, now: number): Extent {
  const over = Math.max(0, extent.to - Math.ceil(now / DAY_MS) * DAY_MS);
  return { from: extent.from - over, to: extent.to - over };
}

/** The extent on whole steps, so that one picture has one address: minutes in a day, hours beyond, days for months. */
export function snapped(extent: Extent): Extent {
  const step = snapStep(lengthOf(extent));
  const from = Math.round(extent.from / step) * step;
  return { from, to: from + Math.max(Math.round(lengthOf(extent) / step), 1) * step };
}

function snapStep(ms: number): number {
  if (ms <= 2 * HOUR_MS) return MINUTE_MS;
  if (ms <= 2 * DAY_MS) return 5 * MINUTE_MS;
  return ms <= 60 * DAY_MS ? HOUR_MS : DAY_MS;
}

/** The range both have in common, or null. */
export function overlap(a: Extent, b: Extent): Extent | null {
  const from = Math.max(a.from, b.from);
  const to = Math.min(a.to, b.to);
  return from < to ? { from, to } : null;
}

/** Whole days of a year in which the extent lies, for the strip beneath: up to tomorrow, or as far back as the extent asks. */
export function yearAround(extent: Extent, now: number): Extent {
  const tomorrow = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const year = 365 * DAY_MS;
  if (lengthOf(extent) > year)
    return {
      from: Math.floor(extent.from / DAY_MS) * DAY_MS,
      to: Math.max(Math.ceil(extent.to / DAY_MS) * DAY_MS, tomorrow),
    };
  let to = Math.max(tomorrow, Math.ceil(extent.to / DAY_MS) * DAY_MS);
  if (extent.from < to - year) to = Math.ceil((extent.from + extent.to) / 2 / DAY_MS) * DAY_MS + year / 2;
  return { from: Math.ceil((to - year) / DAY_MS) * DAY_MS, to: Math.ceil(to / DAY_MS) * DAY_MS };
}

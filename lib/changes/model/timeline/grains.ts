import { addMs, DAY_MS, HOUR_MS, type Interval, MINUTE_MS } from '@/lib/kernel/instant';

/** Widths of bins, narrowest first. UTC; weeks begin on Monday. */
export const GRAINS = ['minute', 'hour', 'day', 'week', 'month'] as const;
export type Grain = (typeof GRAINS)[number];

/** No picture is made of more bins than this; a finer grain is refused by widening it. */
export const MAX_BINS = 200;

const WEEK_MS = 7 * DAY_MS;
const LONGEST: Readonly<Record<Exclude<Grain, 'month'>, number>> = {
  minute: 2 * HOUR_MS,
  hour: 5 * DAY_MS,
  day: 130 * DAY_MS,
  week: 130 * WEEK_MS,
};
const SIZES = { minute: MINUTE_MS, hour: HOUR_MS, day: DAY_MS, week: WEEK_MS } as const;

/** The grain that gives a readable number of bins for a range. */
export function grainFor(range: Interval): Grain {
  const ms = range.to.getTime() - range.from.getTime();
  const fits = (['minute', 'hour', 'day', 'week'] as const).find((grain) => ms <= LONGEST[grain]);
  return fits ?? 'month';
}

/** The grain asked for, or the next wider one that keeps the range under the most bins. */
export function allowedGrain(range: Interval, wanted: Grain): Grain {
  const ms = range.to.getTime() - range.from.getTime();
  const start = GRAINS.indexOf(wanted);
  const fits = GRAINS.slice(start).find((grain) => grain === 'month' || ms / SIZES[grain] <= MAX_BINS * 2);
  return fits ?? 'month';
}

/** Where the bin of that instant begins. */
export function floorToGrain(at: Date, grain: Grain): Date {
  const ms = at.getTime();
  if (grain === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
  const floored = new Date(Math.floor(ms / Math.min(SIZES[grain], DAY_MS)) * Math.min(SIZES[grain], DAY_MS));
  return grain === 'week' ? addMs(floored, -((floored.getUTCDay() + 6) % 7) * DAY_MS) : floored;
}

/** Where the bin after the one that begins at `start` begins. */
export function nextGrain(start: Date, grain: Grain): Date {
  if (grain === 'month') return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return addMs(start, SIZES[grain]);
}

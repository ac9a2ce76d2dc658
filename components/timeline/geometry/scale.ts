import { formatDay } from '@/components/ui/data/format-time';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { Extent } from './extent';

/** Time on the screen: milliseconds to pixels and back. */
export type Scale = {
  readonly extent: Extent;
  readonly left: number;
  readonly width: number;
  readonly x: (at: number) => number;
  readonly at: (x: number) => number;
};

export function scaleOf(extent: Extent, left: number, width: number): Scale {
  const perMs = width / (extent.to - extent.from);
  return {
    extent,
    left,
    width,
    x: (at) => left + (at - extent.from) * perMs,
    at: (x) => extent.from + (x - left) / perMs,
  };
}

export type Tick = { readonly at: number; readonly label: string; readonly major: boolean };

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR_MS),
  ...[1, 2, 7, 14].map((n) => n * DAY_MS),
];
/** Months from one tick to the next, beyond two weeks. */
const MONTH_STEPS = [1, 2, 3, 6, 12] as const;
const MONTH_MS = 30 * DAY_MS;
const MONDAY_MS = 4 * DAY_MS;

/** Round instants of the extent, UTC, as many as have room; major ones begin a day, a month or a year. */
export function ticksOf(scale: Scale, apart = 76): Tick[] {
  const { extent, width } = scale;
  const msApart = ((extent.to - extent.from) / width) * apart;
  const step = STEPS.find((one) => one >= msApart);
  return step === undefined ? monthTicks(extent, msApart) : stepTicks(extent, step);
}

function stepTicks(extent: Extent, step: number): Tick[] {
  // Weeks begin on Monday: 1970 began on a Thursday.
  const origin = step >= 7 * DAY_MS ? MONDAY_MS : 0;
  const ticks: Tick[] = [];
  for (let at = Math.ceil((extent.from - origin) / step) * step + origin; at < extent.to; at += step) {
    const midnight = at % DAY_MS === 0;
    const first = midnight && new Date(at).getUTCDate() === 1;
    ticks.push({
      at,
      label: midnight ? formatDay(new Date(at)) : clock(at),
      major: step < DAY_MS ? midnight : first,
    });
  }
  return ticks;
}

function monthTicks(extent: Extent, msApart: number): Tick[] {
  const months = MONTH_STEPS.find((one) => one * MONTH_MS >= msApart) ?? 12;
  const first = new Date(extent.from);
  const ticks: Tick[] = [];
  let month = Math.floor(first.getUTCMonth() / months) * months;
  for (;;) {
    const at = Date.UTC(first.getUTCFullYear(), month, 1);
    month += months;
    if (at >= extent.to) return ticks;
    if (at < extent.from) continue;
    const day = new Date(at);
    const january = day.getUTCMonth() === 0;
    const word = formatDay(day).slice(2);
    ticks.push({ at, label: january ? `${word} ${day.getUTCFullYear()}` : word, major: january });
  }
}

/** A step of the selection that is easy to hit and round on the clock: at most 8 pixels wide, at least a minute. */
export function selectStep(scale: Scale): number {
  const msPerPixel = (scale.extent.to - scale.extent.from) / scale.width;
  const round = [DAY_MS, 6 * HOUR_MS, HOUR_MS, 15 * MINUTE_MS, 5 * MINUTE_MS, MINUTE_MS];
  return round.find((one) => one <= msPerPixel * 8) ?? MINUTE_MS;
}

/** The stretch between two instants on whole steps, at least one step long. */
export function selectionOf(a: number, b: number, step: number): Extent {
  const from = Math.floor(Math.min(a, b) / step) * step;
  return { from, to: Math.max(Math.ceil(Math.max(a, b) / step) * step, from + step) };
}

function clock(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

/** Instants are `Date`s and always UTC; ranges are half-open `[from, to)`. */
export type Interval = { readonly from: Date; readonly to: Date };

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;
const EARLIEST = Date.UTC(2000, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);

/** ISO 8601 with `Z`, milliseconds only where there are any: `2026-11-20T14:22:31Z`. */
export function toIso(at: Date): string {
  return at.toISOString().replace('.000Z', 'Z');
}

/** ISO 8601 with `Z` and always three decimals, the form that hashed records use. */
export function toIsoMs(at: Date): string {
  return at.toISOString();
}

/** The instant a text names, or null when it is no ISO 8601 instant with a zone, or lies outside 2000 to 2200. */
export function parseInstant(text: unknown): Date | null {
  if (typeof text !== 'string' || !INSTANT.test(text)) return null;
  const ms = Date.parse(text);
  return Number.isNaN(ms) || ms < EARLIEST || ms >= LATEST ? null : new Date(ms);
}

/** The instant without its fraction of a second; audit records are compared at whole seconds (push has ms, REST has not). */
export function floorToSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / SECOND_MS) * SECOND_MS);
}

export function floorToHour(at: Date): Date {
  return new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);
}

export function floorToDay(at: Date): Date {
  return new Date(Math.floor(at.getTime() / DAY_MS) * DAY_MS);
}

export function addMs(at: Date, ms: number): Date {
  return new Date(at.getTime() + ms);
}

/** Whether `at` lies in `[from, to)`. */
export function contains(range: Interval, at: Date): boolean {
  return at >= range.from && at < range.to;
}

/** Each whole UTC hour that the range touches, in order. */
export function hoursTouched(range: Interval): Date[] {
  const hours: Date[] = [];
  for (let at = floorToHour(range.from); at < range.to; at = addMs(at, HOUR_MS)) hours.push(at);
  return hours;
}

/** The range cut into pieces of at most `maxMs`, in order. Requires maxMs > 0. */
export function splitInterval(range: Interval, maxMs: number): Interval[] {
  const pieces: Interval[] = [];
  for (let from = range.from; from < range.to; from = addMs(from, maxMs)) {
    const to = addMs(from, maxMs);
    pieces.push({ from, to: to < range.to ? to : range.to });
  }
  return pieces;
}

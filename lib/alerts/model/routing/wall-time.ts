import { addMs, DAY_MS, MINUTE_MS } from '@/lib/kernel/instant';

/** What a clock on the wall of a zone shows. */
export type WallTime = {
  /** 0 Monday to 6 Sunday. */
  readonly weekday: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Minutes since midnight. */
  readonly minutes: number;
};

const formats = new Map<string, Intl.DateTimeFormat>();

/** The wall time of an instant in a zone. Throws a RangeError for a zone that Intl does not know. */
export function wallTimeOf(zone: string, at: Date): WallTime {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const [year, month, day] = [parts.get('year') ?? 0, parts.get('month') ?? 1, parts.get('day') ?? 1];
  return {
    weekday: (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7,
    year,
    month,
    day,
    minutes: (parts.get('hour') ?? 0) * 60 + (parts.get('minute') ?? 0),
  };
}

/** Minutes since midnight of `22:30`. */
export function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/**
 * Every instant at which the wall of the zone shows these minutes on the day `days` after that of `at`, and on days when the
 * clock jumps over them the instant it would have been. In order; two when the clock is put back over them.
 */
export function instantsOf(
  zone: string,
  asked: { readonly at: Date; readonly days: number; readonly minutes: number },
): Date[] {
  const { year, month, day } = wallTimeOf(zone, asked.at);
  const asUtc = Date.UTC(year, month - 1, day + asked.days) + asked.minutes * MINUTE_MS;
  const offsets = [offsetOf(zone, new Date(asUtc - DAY_MS)), offsetOf(zone, new Date(asUtc + DAY_MS))];
  const candidates = [...new Set(offsets.map((offset) => asUtc - offset))].sort((a, b) => a - b);
  const shown = candidates.filter((ms) => offsetOf(zone, new Date(ms)) === asUtc - ms);
  return (shown.length > 0 ? shown : candidates.slice(-1)).map((ms) => new Date(ms));
}

/** The instants in `(from, to]` at which the clock of the zone is put forward or back, in order. */
export function clockChanges(zone: string, range: { readonly from: Date; readonly to: Date }): Date[] {
  const changes: Date[] = [];
  for (let from = range.from; from < range.to; from = addMs(from, DAY_MS)) {
    const to = new Date(Math.min(from.getTime() + DAY_MS, range.to.getTime()));
    const before = offsetOf(zone, from);
    if (before === offsetOf(zone, to)) continue;
    let [low, high] = [from.getTime(), to.getTime()];
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetOf(zone, new Date(middle)) === before) low = middle;
      else high = middle;
    }
    changes.push(new Date(high));
  }
  return changes;
}

/** Milliseconds that the wall of the zone is ahead of UTC. */
function offsetOf(zone: string, at: Date): number {
  const { year, month, day, minutes } = wallTimeOf(zone, at);
  const wall = Date.UTC(year, month - 1, day) + minutes * MINUTE_MS;
  return wall - Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS;
}

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

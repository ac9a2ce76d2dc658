import { addMs, DAY_MS, type Interval, MINUTE_MS } from '@/lib/kernel/instant';
import { windowError } from '../model/window/errors';
import type { WindowTimes } from '../model/window/window';
import { instantOf, localTime } from './local-clock';
import { startsOf } from './rule-starts';

/** The widest stretch that is expanded at once: five years and a day. */
const MAX_RANGE_DAYS = 1_827;
/** The longest that one occurrence of a recurring window may last. What is longer is several, or typed in as one. */
export const MAX_RECURRING_MINUTES = 31 * 24 * 60;
/** How far ahead the next occurrences of a rule are looked for, and in what steps. */
const LOOK_AHEAD_DAYS = 3_650;
const LOOK_AHEAD_STEP_DAYS = 120;

/**
 * The times that are open in the range, in order of their start; each whole, also where it juts out of the range. Occurrences of one rule may
 * overlap, where they last longer than the interval between them.
 *
 * The wall clock of the zone decides, as RFC 5545 has it: a start that the clocks skip does not take place (and COUNT does not count it), a
 * start that comes twice is the first. An end that the clocks skip is the instant of the skip, an end that comes twice is the first.
 *
 * Throws `window_rule_wrong` and `window_range_too_wide`.
 */
export function occurrencesOf(times: WindowTimes, zone: string, range: Interval): Interval[] {
  if (range.to.getTime() - range.from.getTime() > MAX_RANGE_DAYS * DAY_MS) {
    throw windowError(
      'window_range_too_wide',
      'cannot expand change windows: more than five years were asked for',
    );
  }
  if (times.kind === 'once') return touches(times, range) ? [{ from: times.from, to: times.to }] : [];
  // The clocks may have been set back within an occurrence: it lasts longer than it says.
  const reach = { from: addMs(range.from, -times.minutes * MINUTE_MS - DAY_MS), to: range.to };
  return startsOf(times, zone, reach)
    .filter(({ at }) => at < range.to)
    .map(({ local, at }) => ({ from: at, to: endOf(local, times.minutes, zone) }))
    .filter((one) => touches(one, range));
}

/** The next occurrences that end after the instant, at most `count`. None: it never opens again within ten years. */
export function nextOccurrences(
  times: WindowTimes,
  zone: string,
  asked: { readonly after: Date; readonly count: number },
): Interval[] {
  if (times.kind === 'once') return times.to > asked.after ? [{ from: times.from, to: times.to }] : [];
  const first = addMs(new Date(`${times.start}:00Z`), -DAY_MS);
  const begin = asked.after > first ? asked.after : first;
  const found = new Map<number, Interval>();
  for (let day = 0; day < LOOK_AHEAD_DAYS && found.size < asked.count; day += LOOK_AHEAD_STEP_DAYS) {
    const range = {
      from: addMs(begin, day * DAY_MS),
      to: addMs(begin, (day + LOOK_AHEAD_STEP_DAYS) * DAY_MS),
    };
    for (const one of occurrencesOf(times, zone, range))
      if (one.to > asked.after) found.set(one.from.getTime(), one);
  }
  return [...found.values()].slice(0, asked.count);
}

/** The end by the wall clock: what follows 22:00 by 360 minutes is 04:00. */
function endOf(local: string, minutes: number, zone: string): Date {
  const wall = addMs(new Date(`${local}:00Z`), minutes * MINUTE_MS);
  return instantOf(localTime(wall, 'UTC'), zone).at;
}

function touches(one: Interval, range: Interval): boolean {
  return one.from < range.to && one.to > range.from;
}

import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { type AlertRule, WEEKDAYS } from '../../contract/rules';
import { clockChanges, instantsOf, minutesOf, wallTimeOf } from './wall-time';

export type QuietHours = NonNullable<AlertRule['quietHours']>;
export type Digest = NonNullable<AlertRule['digest']>;

/** Quiet hours of a week end within one; those that do not never end. */
const LONGEST_DAYS = 8;

/**
 * When the quiet hours end that `at` lies in; null outside of them. They begin on their days at `from` by the clock on the
 * wall and end at `to`, on the next day where `to` is not later. Put forward or back, the clock on the wall decides.
 */
export function quietUntil(quiet: QuietHours, at: Date): Date | null {
  if (!isQuiet(quiet, at)) return null;
  const { zone } = quiet;
  const ends = clockChanges(zone, { from: at, to: addMs(at, (LONGEST_DAYS + 1) * DAY_MS) });
  for (let days = -1; days <= LONGEST_DAYS; days++)
    for (const minutes of [0, minutesOf(quiet.from), minutesOf(quiet.to)])
      ends.push(...instantsOf(zone, { at, days, minutes }));
  ends.sort((a, b) => a.getTime() - b.getTime());
  return ends.find((end) => end > at && !isQuiet(quiet, end)) ?? addMs(at, LONGEST_DAYS * DAY_MS);
}

/** Whether the hours are quiet all week: nothing would ever be sent. */
export function neverEnds(quiet: Pick<QuietHours, 'days' | 'from' | 'to'>): boolean {
  return new Set(quiet.days).size === WEEKDAYS.length && minutesOf(quiet.from) === minutesOf(quiet.to);
}

export function isQuiet(quiet: QuietHours, at: Date): boolean {
  const { weekday, minutes } = wallTimeOf(quiet.zone, at);
  const [from, to] = [minutesOf(quiet.from), minutesOf(quiet.to)];
  const begins = (day: number) => quiet.days.some((name) => WEEKDAYS.indexOf(name) === day);
  if (from < to) return begins(weekday) && minutes >= from && minutes < to;
  return (begins(weekday) && minutes >= from) || (begins((weekday + 6) % 7) && minutes < to);
}

/** When the next digest goes out, after `at`. On a day when the clock jumps over its time it goes as much later. */
export function nextDigestAt(digest: Digest, at: Date): Date {
  const minutes = minutesOf(digest.at);
  if (digest.every === 'hour') {
    const minute = new Date(Math.floor(at.getTime() / MINUTE_MS) * MINUTE_MS);
    const now = wallTimeOf(digest.zone, minute).minutes;
    const wait = (((minutes - now) % 60) + 60) % 60;
    return addMs(minute, wait === 0 ? HOUR_MS : wait * MINUTE_MS);
  }
  for (let days = 0; days <= 2; days++) {
    const next = instantsOf(digest.zone, { at, days, minutes }).find((one) => one > at);
    if (next !== undefined) return next;
  }
  return addMs(at, DAY_MS);
}

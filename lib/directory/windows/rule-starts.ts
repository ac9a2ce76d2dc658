import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { addMs, DAY_MS, type Interval, splitInterval } from '@/lib/kernel/instant';
import { windowError } from '../model/window/errors';
import { type Rule, readRule } from '../model/window/read-rule';
import type { WindowTimes } from '../model/window/window';
import { instantOf, localTime } from './local-clock';

type Recurring = Extract<WindowTimes, { kind: 'recurring' }>;

/** A start as the wall clock shows it, and the instant it is. */
export type Start = { readonly local: string; readonly at: Date };

/** Lists of rules with COUNT are counted from their first start, so they are made once. Bounded; the oldest goes. */
const counted = new Map<string, readonly Start[]>();
const MAX_COUNTED = 200;
/** Half a year of hourly starts: the library takes at most 10,000 steps at once. */
const PIECE_MS = 180 * DAY_MS;

/**
 * The starts in the range that take place, in order. The rule is expanded on a wall clock that never changes, and each start then looked for
 * on the clock of the zone: RFC 5545 (3.3.10) leaves out, and does not count, what that clock skips.
 *
 * Throws `window_rule_wrong`.
 */
export function startsOf(times: Recurring, zone: string, range: Interval): Start[] {
  const rule = ruleOf(times.rule);
  const starts =
    rule.count === null ? endless(rule, times, { zone, range }) : upToCount(rule, rule.count, times, zone);
  const until = rule.until === null ? null : untilOf(rule.until, zone);
  const except = new Set(times.except);
  return starts.filter(
    ({ local, at }) =>
      at >= range.from && at < range.to && (until === null || at <= until) && !except.has(local),
  );
}

/** Local starts in the range that the rule gives and the clock of the zone skips. */
export function skippedStarts(times: Recurring, zone: string, range: Interval): string[] {
  const rule = ruleOf(times.rule);
  return wallStarts(rule.endless, times.start, wide(range)).filter((local) => {
    const { at, shown } = instantOf(local, zone);
    return shown === 'never' && at >= range.from && at < range.to;
  });
}

function endless(rule: Rule, times: Recurring, of: { zone: string; range: Interval }): Start[] {
  return taking(wallStarts(rule.endless, times.start, wide(of.range)), of.zone);
}

function upToCount(rule: Rule, count: number, times: Recurring, zone: string): readonly Start[] {
  const key = `${rule.text} ${times.start} ${zone}`;
  const known = counted.get(key);
  if (known !== undefined) return known;
  // Some are skipped by the clocks: twice as many are more than enough, or all of them are.
  const wall = firstWallStarts(rule.endless, times.start, 2 * count + 10);
  const starts = taking(wall, zone).slice(0, count);
  const oldest = counted.keys().next();
  if (counted.size >= MAX_COUNTED && !oldest.done) counted.delete(oldest.value);
  counted.set(key, starts);
  return starts;
}

function taking(wall: readonly string[], zone: string): Start[] {
  return wall.flatMap((local) => {
    const { at, shown } = instantOf(local, zone);
    return shown === 'never' ? [] : [{ local, at }];
  });
}

function wallStarts(rule: string, start: string, range: Interval): string[] {
  return expanded(rule, start, (made) =>
    splitInterval(range, PIECE_MS).flatMap((piece) =>
      made.between(piece.from, piece.to, true).filter((one) => one.epochMilliseconds < piece.to.getTime()),
    ),
  );
}

function firstWallStarts(rule: string, start: string, most: number): string[] {
  return expanded(rule, start, (made) => made.all((_, index) => index < most));
}

function expanded(
  rule: string,
  start: string,
  list: (made: RRuleTemporal) => readonly { readonly epochMilliseconds: number }[],
): string[] {
  try {
    const dtstart = Temporal.PlainDateTime.from(start).toZonedDateTime('UTC');
    const made = new RRuleTemporal({ rruleString: rule, dtstart, tzid: 'UTC', cache: false });
    return list(made).map((one) => localTime(new Date(one.epochMilliseconds), 'UTC'));
  } catch (cause) {
    const because = cause instanceof Error ? cause.message : 'it cannot be read';
    throw windowError('window_rule_wrong', `cannot expand the rule ${rule}: ${because}`, { cause });
  }
}

function ruleOf(text: string): Rule {
  const rule = readRule(text);
  if ('problem' in rule)
    throw windowError('window_rule_wrong', `cannot read the rule ${text}: ${rule.problem}`);
  return rule;
}

/** The last instant at which an occurrence may start: an instant in UTC, or the end of a day on the clock of the zone. */
function untilOf(until: string, zone: string): Date {
  const day = `${until.slice(0, 4)}-${until.slice(4, 6)}-${until.slice(6, 8)}`;
  if (until.length === 8) return instantOf(`${day}T23:59`, zone).at;
  return new Date(`${day}T${until.slice(9, 11)}:${until.slice(11, 13)}:${until.slice(13, 15)}Z`);
}

/** The range on any wall clock there is. */
function wide(range: Interval): Interval {
  return { from: addMs(range.from, -DAY_MS), to: addMs(range.to, DAY_MS) };
}

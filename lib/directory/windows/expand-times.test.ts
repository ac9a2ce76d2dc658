import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addMs, contains, DAY_MS, HOUR_MS, type Interval, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import type { WindowTimes } from '../model/window/window';
import { nextOccurrences, occurrencesOf } from './expand-times';
import { instantOf, localTime } from './local-clock';
import { skippedStarts } from './rule-starts';

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'] as const;
const range = (from: string, to: string): Interval => ({ from: new Date(from), to: new Date(to) });

function weekly(more: Partial<Extract<WindowTimes, { kind: 'recurring' }>> = {}): WindowTimes {
  return {
    kind: 'recurring',
    start: '2026-01-05T22:00',
    minutes: 360,
    rule: 'FREQ=WEEKLY;BYDAY=MO',
    except: [],
    ...more,
  };
}

function said(times: WindowTimes, zone: string, over: Interval): string[] {
  return occurrencesOf(times, zone, over).map(({ from, to }) => `${toIso(from)} ${toIso(to)}`);
}

describe('when a change window is open', () => {
  it.each<[string, WindowTimes, string, Interval, string[]]>([
    [
      'once, as it says',
      { kind: 'once', ...range('2026-11-20T20:00:00Z', '2026-11-21T02:00:00Z') },
      'UTC',
      range('2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z'),
      ['2026-11-20T20:00:00Z 2026-11-21T02:00:00Z'],
    ],
    [
      'every Monday over midnight, by the clock of Berlin in winter and in summer',
      weekly(),
      'Europe/Berlin',
      range('2026-03-22T00:00:00Z', '2026-04-01T00:00:00Z'),
      ['2026-03-23T21:00:00Z 2026-03-24T03:00:00Z', '2026-03-30T20:00:00Z 2026-03-31T02:00:00Z'],
    ],
    [
      'a start that the clocks of Berlin skip does not take place',
      weekly({ start: '2026-03-27T02:30', minutes: 60, rule: 'FREQ=DAILY' }),
      'Europe/Berlin',
      range('2026-03-28T00:00:00Z', '2026-03-30T12:00:00Z'),
      ['2026-03-28T01:30:00Z 2026-03-28T02:30:00Z', '2026-03-30T00:30:00Z 2026-03-30T01:30:00Z'],
    ],
    [
      'what is skipped is not counted',
      weekly({ start: '2026-03-28T02:30', minutes: 60, rule: 'FREQ=DAILY;COUNT=2' }),
      'Europe/Berlin',
      range('2026-03-01T00:00:00Z', '2026-05-01T00:00:00Z'),
      ['2026-03-28T01:30:00Z 2026-03-28T02:30:00Z', '2026-03-30T00:30:00Z 2026-03-30T01:30:00Z'],
    ],
    [
      'a start that comes twice is the first one',
      weekly({ start: '2026-10-25T02:30', minutes: 15, rule: 'FREQ=DAILY;COUNT=1' }),
      'Europe/Berlin',
      range('2026-10-24T00:00:00Z', '2026-10-27T00:00:00Z'),
      ['2026-10-25T00:30:00Z 2026-10-25T00:45:00Z'],
    ],
    [
      'an end that is skipped is the instant of the skip',
      weekly({ start: '2026-03-29T01:30', minutes: 60, rule: 'FREQ=DAILY;COUNT=1' }),
      'Europe/Berlin',
      range('2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z'),
      ['2026-03-29T00:30:00Z 2026-03-29T01:00:00Z'],
    ],
    [
      'from 22:00 to 04:00 lasts seven hours in the night that has one more',
      weekly({ start: '2026-10-24T22:00', rule: 'FREQ=DAILY;COUNT=1' }),
      'Europe/Berlin',
      range('2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'),
      ['2026-10-24T20:00:00Z 2026-10-25T03:00:00Z'],
    ],
    [
      'Lord Howe moves its clocks by half an hour: 02:15 is skipped',
      weekly({ start: '2026-10-03T02:15', minutes: 30, rule: 'FREQ=DAILY' }),
      'Australia/Lord_Howe',
      range('2026-10-02T12:00:00Z', '2026-10-05T00:00:00Z'),
      ['2026-10-02T15:45:00Z 2026-10-02T16:15:00Z', '2026-10-04T15:15:00Z 2026-10-04T15:45:00Z'],
    ],
    [
      'COUNT ends it, and EXDATE takes one away that was counted',
      weekly({ rule: 'FREQ=WEEKLY;BYDAY=MO;COUNT=3', except: ['2026-01-12T22:00'] }),
      'UTC',
      range('2026-01-01T00:00:00Z', '2026-03-01T00:00:00Z'),
      ['2026-01-05T22:00:00Z 2026-01-06T04:00:00Z', '2026-01-19T22:00:00Z 2026-01-20T04:00:00Z'],
    ],
    [
      'UNTIL as an instant lets the start at that instant take place',
      weekly({ rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260112T220000Z' }),
      'UTC',
      range('2026-01-06T12:00:00Z', '2026-03-01T00:00:00Z'),
      ['2026-01-12T22:00:00Z 2026-01-13T04:00:00Z'],
    ],
    [
      'UNTIL as a day holds to the end of that day on the clock of the zone',
      weekly({ rule: 'FREQ=WEEKLY;BYDAY=MO;UNTIL=20260112' }),
      'America/New_York',
      range('2026-01-07T00:00:00Z', '2026-03-01T00:00:00Z'),
      ['2026-01-13T03:00:00Z 2026-01-13T09:00:00Z'],
    ],
    [
      'a window longer than its interval overlaps itself',
      weekly({ minutes: 36 * 60, rule: 'FREQ=DAILY;COUNT=2' }),
      'UTC',
      range('2026-01-06T23:00:00Z', '2026-01-07T00:00:00Z'),
      ['2026-01-05T22:00:00Z 2026-01-07T10:00:00Z', '2026-01-06T22:00:00Z 2026-01-08T10:00:00Z'],
    ],
    [
      'the last Sunday of a month',
      weekly({ rule: 'FREQ=MONTHLY;BYDAY=-1SU', minutes: 60 }),
      'UTC',
      range('2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z'),
      ['2026-02-22T22:00:00Z 2026-02-22T23:00:00Z', '2026-03-29T22:00:00Z 2026-03-29T23:00:00Z'],
    ],
  ])('X4: %s', (_, times, zone, over, expected) => expect(said(times, zone, over)).toEqual(expected));

  it.each([
    ['every second', 'FREQ=SECONDLY', /finer than a window can be/],
    ['every minute', 'FREQ=MINUTELY;INTERVAL=5', /finer than a window can be/],
    ['every minute in disguise', `FREQ=HOURLY;BYMINUTE=0,1`, /more than 24 times a day/],
    ['seconds', 'FREQ=DAILY;BYSECOND=1', /BYSECOND is not known, or not allowed/],
    ['no frequency', 'BYDAY=MO', /FREQ is missing/],
    ['two ends', 'FREQ=DAILY;COUNT=1;UNTIL=20270101', /cannot both be given/],
    ['a count without end', 'FREQ=DAILY;COUNT=1000000', /COUNT must lie between 1 and 1000/],
    ['a day that is none', 'FREQ=WEEKLY;BYDAY=XX', /BYDAY/],
    ['no rule at all', 'every Monday', /is no part of a rule/],
  ])('a rule with %s is refused with a typed error', (_, rule, message) => {
    const expand = () =>
      occurrencesOf(weekly({ rule }), 'UTC', range('2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'));
    expect(expand).toThrow(message);
    expect(expand).toThrow(expect.objectContaining({ code: 'window_rule_wrong', status: 400 }));
  });

  it('more than five years at once are refused', () => {
    expect(() =>
      occurrencesOf(weekly(), 'UTC', range('2020-01-01T00:00:00Z', '2026-01-01T00:00:00Z')),
    ).toThrow(expect.objectContaining({ code: 'window_range_too_wide' }));
  });

  it('a rule that never fits gives nothing, also when it is counted', () => {
    for (const rule of ['FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;COUNT=3'])
      expect(nextOccurrences(weekly({ rule }), 'UTC', { after: new Date('2026-01-01'), count: 3 })).toEqual(
        [],
      );
  });

  it('the next occurrences begin with the one that is open', () => {
    const next = nextOccurrences(weekly(), 'Europe/Berlin', {
      after: new Date('2026-03-31T01:59:59Z'),
      count: 2,
    });
    expect(next.map(({ from }) => toIso(from))).toEqual(['2026-03-30T20:00:00Z', '2026-04-06T20:00:00Z']);
    const after = nextOccurrences(weekly(), 'Europe/Berlin', {
      after: new Date('2026-03-31T02:00:00Z'),
      count: 1,
    });
    expect(after.map(({ from }) => toIso(from))).toEqual(['2026-04-06T20:00:00Z']);
  });

  it('says which starts the clocks skip', () => {
    const times = {
      ...weekly({ start: '2026-01-01T02:30', rule: 'FREQ=DAILY' }),
      kind: 'recurring' as const,
    };
    if (times.kind !== 'recurring' || !('rule' in times)) throw new Error('a recurring window');
    expect(
      skippedStarts(times, 'Europe/Berlin', range('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')),
    ).toEqual(['2026-03-29T02:30']);
    expect(
      skippedStarts(times, 'Asia/Kolkata', range('2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z')),
    ).toEqual([]);
  });
});

const zones = fc.constantFrom(...ZONES);
const days = fc.integer({ min: 0, max: 1_500 });
const starts = fc.record({
  day: fc.integer({ min: 0, max: 700 }),
  minute: fc.integer({ min: 0, max: 1_439 }),
});
const rules = fc.oneof(
  fc.constantFrom(
    'FREQ=DAILY',
    'FREQ=WEEKLY',
    'FREQ=WEEKLY;BYDAY=SA,SU',
    'FREQ=DAILY;INTERVAL=3',
    'FREQ=MONTHLY;BYDAY=-1SU',
    'FREQ=HOURLY;INTERVAL=5',
  ),
  fc.integer({ min: 1, max: 40 }).map((count) => `FREQ=DAILY;COUNT=${count}`),
);
const times = fc
  .record({ start: starts, minutes: fc.integer({ min: 1, max: 3_000 }), rule: rules })
  .map(({ start, minutes, rule }) => ({
    kind: 'recurring' as const,
    start: localTime(
      addMs(new Date('2025-01-01T00:00:00Z'), start.day * DAY_MS + start.minute * MINUTE_MS),
      'UTC',
    ),
    minutes,
    rule,
    except: [],
  }));

describe('whatever the window', () => {
  it('X4: it ends after it starts, begins and ends on the wall clock as it says, and lies in the order of time', () => {
    fc.assert(
      fc.property(times, zones, days, (window, zone, day) => {
        const from = addMs(new Date('2025-01-01T00:00:00Z'), day * DAY_MS);
        const found = occurrencesOf(window, zone, { from, to: addMs(from, 20 * DAY_MS) });
        found.forEach((one, index) => {
          expect(one.from < one.to).toBe(true);
          const start = localTime(one.from, zone);
          expect(instantOf(start, zone).at).toEqual(one.from);
          expect(instantOf(start, zone).shown).not.toBe('never');
          const end = localTime(addMs(new Date(`${start}:00Z`), window.minutes * MINUTE_MS), 'UTC');
          expect(instantOf(end, zone).at).toEqual(one.to);
          // Nominal length, give or take how far the clocks were moved.
          const off = Math.abs(one.to.getTime() - one.from.getTime() - window.minutes * MINUTE_MS);
          expect(off).toBeLessThanOrEqual(HOUR_MS);
          if (index > 0) expect(one.from >= (found[index - 1]?.from ?? one.from)).toBe(true);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('X4: start inclusive, end exclusive, and a range finds exactly what touches it however it is cut', () => {
    fc.assert(
      fc.property(times, zones, days, fc.integer({ min: 1, max: 19 }), (window, zone, day, cut) => {
        const from = addMs(new Date('2025-01-01T00:00:00Z'), day * DAY_MS);
        const to = addMs(from, 20 * DAY_MS);
        const middle = addMs(from, cut * DAY_MS);
        const whole = occurrencesOf(window, zone, { from, to });
        const parts = [
          ...occurrencesOf(window, zone, { from, to: middle }),
          ...occurrencesOf(window, zone, { from: middle, to }),
        ];
        expect(new Set(parts.map((one) => one.from.getTime()))).toEqual(
          new Set(whole.map((one) => one.from.getTime())),
        );
        for (const one of whole.slice(0, 5)) {
          expect(contains(one, one.from)).toBe(true);
          expect(contains(one, addMs(one.from, -1))).toBe(false);
          expect(contains(one, addMs(one.to, -1))).toBe(true);
          expect(contains(one, one.to)).toBe(false);
          const touching = (at: Interval) =>
            occurrencesOf(window, zone, at).some((other) => other.from.getTime() === one.from.getTime());
          expect(touching({ from: addMs(one.to, -1), to: addMs(one.to, 1) })).toBe(true);
          expect(touching({ from: one.to, to: addMs(one.to, 1) })).toBe(false);
          expect(touching({ from: addMs(one.from, -1), to: one.from })).toBe(false);
          expect(touching({ from: one.from, to: addMs(one.from, 1) })).toBe(true);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('X4: COUNT gives as many as it says, except those taken away', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        zones,
        fc.integer({ min: 0, max: 1_439 }),
        (count, zone, minute) => {
          const start = localTime(addMs(new Date('2026-03-01T00:00:00Z'), minute * MINUTE_MS), 'UTC');
          const window = {
            kind: 'recurring' as const,
            start,
            minutes: 30,
            rule: `FREQ=DAILY;COUNT=${count}`,
            except: [],
          };
          const over = range('2026-02-01T00:00:00Z', '2026-08-01T00:00:00Z');
          const all = occurrencesOf(window, zone, over);
          expect(all).toHaveLength(count);
          const first = all[0];
          if (first === undefined) return;
          const except = [localTime(first.from, zone)];
          expect(occurrencesOf({ ...window, except }, zone, over)).toEqual(all.slice(1));
        },
      ),
      { numRuns: 60 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { WEEKDAYS } from '../../contract/rules';
import { isQuiet, neverEnds, nextDigestAt, type QuietHours, quietUntil } from './quiet-hours';
import { wallTimeOf } from './wall-time';

const ZONES = ['UTC', 'Europe/Rome', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'];
const nights = (more: Partial<QuietHours> = {}): QuietHours => ({
  zone: 'Europe/Rome',
  days: [...WEEKDAYS],
  from: '22:00',
  to: '07:00',
  exceptFrom: 'critical',
  ...more,
});
const until = (quiet: QuietHours, at: string) => quietUntil(quiet, new Date(at))?.toISOString() ?? null;

describe('quiet hours', () => {
  test.each([
    { name: 'before they begin', at: '2026-11-27T20:59:59Z', ends: null },
    { name: 'at their beginning', at: '2026-11-27T21:00:00Z', ends: '2026-11-28T06:00:00.000Z' },
    { name: 'after midnight', at: '2026-11-28T02:30:00Z', ends: '2026-11-28T06:00:00.000Z' },
    { name: 'at their end', at: '2026-11-28T06:00:00Z', ends: null },
    {
      name: 'in the night the clock is put back',
      at: '2026-10-24T22:00:00Z',
      ends: '2026-10-25T06:00:00.000Z',
    },
    { name: 'in the night it is put forward', at: '2026-03-28T23:00:00Z', ends: '2026-03-29T05:00:00.000Z' },
  ])('$name: $ends', ({ at, ends }) => expect(until(nights(), at)).toBe(ends));

  test('belong to the day they begin on', () => {
    const friday = nights({ days: ['fri'] });
    expect(until(friday, '2026-11-28T02:00:00Z')).toBe('2026-11-28T06:00:00.000Z');
    expect(until(friday, '2026-11-27T02:00:00Z')).toBeNull();
    expect(until(friday, '2026-11-28T22:00:00Z')).toBeNull();
  });

  test('of a whole week-end end on Monday morning', () => {
    const weekend = nights({ days: ['sat', 'sun'], from: '00:00', to: '00:00' });
    expect(until(weekend, '2026-11-28T12:00:00Z')).toBe('2026-11-29T23:00:00.000Z');
  });

  test('that end in the hour the clock jumps over end when it jumps', () => {
    const toJump = nights({ from: '22:00', to: '02:30' });
    expect(until(toJump, '2026-03-28T23:00:00Z')).toBe('2026-03-29T01:00:00.000Z');
  });

  test('that are all week never end, and are told', () => {
    expect(neverEnds(nights({ from: '08:00', to: '08:00' }))).toBe(true);
    expect(neverEnds(nights())).toBe(false);
  });

  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const quiet = fc.record({
    zone: fc.constantFrom(...ZONES),
    days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1, maxLength: 6 }),
    from: time,
    to: time,
    exceptFrom: fc.constant('critical' as const),
  });
  // Around both changes of the clock, in whole minutes.
  const at = fc
    .tuple(
      fc.constantFrom(
        Date.UTC(2026, 2, 7),
        Date.UTC(2026, 2, 28),
        Date.UTC(2026, 9, 24),
        Date.UTC(2026, 10, 28),
      ),
      fc.integer({ min: 0, max: 3 * 24 * 60 }),
    )
    .map(([day, minutes]) => new Date(day + minutes * MINUTE_MS));

  test('end at the first minute that is not quiet, whatever the zone, the days and the clock', () => {
    fc.assert(
      fc.property(quiet, at, (hours, now) => {
        const end = quietUntil(hours, now);
        if (end === null) {
          expect(isQuiet(hours, now)).toBe(false);
          return;
        }
        let minute = now;
        while (isQuiet(hours, minute)) minute = addMs(minute, MINUTE_MS);
        expect(end.toISOString()).toBe(minute.toISOString());
      }),
      { numRuns: 150 },
    );
  });
});

describe('a digest', () => {
  test.each([
    { every: 'day', from: '2026-11-28T06:59:00Z', next: '2026-11-28T07:00:00.000Z' },
    { every: 'day', from: '2026-11-28T07:00:00Z', next: '2026-11-29T07:00:00.000Z' },
    { every: 'hour', from: '2026-11-28T07:00:30Z', next: '2026-11-28T08:00:00.000Z' },
  ] as const)('of every $every after $from goes at $next', ({ every, from, next }) => {
    const digest = { every, at: '08:00', zone: 'Europe/Rome' } as const;
    expect(nextDigestAt(digest, new Date(from)).toISOString()).toBe(next);
  });

  test('comes later than now, at its time on the wall, within a day and an hour', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.constantFrom('day' as const, 'hour' as const),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
        (zone, every, ms) => {
          const now = new Date(ms);
          const next = nextDigestAt({ every, at: '06:15', zone }, now);
          const waits = next.getTime() - ms;
          expect(waits).toBeGreaterThan(0);
          expect(waits).toBeLessThanOrEqual(every === 'day' ? DAY_MS + HOUR_MS : HOUR_MS + 30 * MINUTE_MS);
          if (every === 'day') expect(wallTimeOf(zone, next).minutes).toBe(6 * 60 + 15);
        },
      ),
      { numRuns: 300 },
    );
  });
});

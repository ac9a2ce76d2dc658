import { describe, expect, it } from 'vitest';
import {
  bucketOf,
  describeDays,
  describePeriod,
  freeze,
  rangeBefore,
  rangeOf,
  readLocalInput,
  readPeriod,
  toLocalInput,
  withPeriod,
} from './period';

const NOW = new Date('2026-11-20T14:22:31Z');
const params = (text: string) => new URLSearchParams(text);
const iso = (range: { from: Date; to: Date }) => [range.from.toISOString(), range.to.toISOString()];

describe('the period in the address', () => {
  it('is the last 30 UTC days, today included, when nothing is said', () => {
    expect(iso(rangeOf(readPeriod(params('')), NOW))).toEqual([
      '2026-10-22T00:00:00.000Z',
      '2026-11-21T00:00:00.000Z',
    ]);
  });

  it('counts hours to the end of this hour', () => {
    expect(iso(rangeOf(readPeriod(params('period=24h')), NOW))).toEqual([
      '2026-11-19T15:00:00.000Z',
      '2026-11-20T15:00:00.000Z',
    ]);
  });

  it('gives the same range all through its unit, so that one question is asked once', () => {
    const later = new Date('2026-11-20T23:59:59.999Z');
    expect(rangeOf({ kind: 'relative', preset: '7d' }, later)).toEqual(
      rangeOf({ kind: 'relative', preset: '7d' }, NOW),
    );
  });

  it('is exact when it is absolute', () => {
    const period = readPeriod(params('from=2026-11-12T00:00:00Z&to=2026-11-14T00:00:00Z'));
    expect(iso(rangeOf(period, NOW))).toEqual(['2026-11-12T00:00:00.000Z', '2026-11-14T00:00:00.000Z']);
  });

  it.each([
    ['an end before its start', 'from=2026-11-14T00:00:00Z&to=2026-11-12T00:00:00Z'],
    ['an instant without a zone', 'from=2026-11-12T00:00:00&to=2026-11-14T00:00:00Z'],
    ['half a range', 'from=2026-11-12T00:00:00Z'],
    ['an unknown preset', 'period=31d'],
  ])('falls back for %s', (_name, text) => {
    expect(readPeriod(params(text))).toEqual({ kind: 'relative', preset: '30d' });
  });

  it('drops the cursor of the old period but nothing else', () => {
    const next = withPeriod(params('service=Directory&cursor=abc&from=x'), {
      kind: 'relative',
      preset: '7d',
    });
    expect(next.toString()).toBe('service=Directory&period=7d');
  });

  it('is frozen in a permalink, which keeps its page', () => {
    expect(freeze(params('period=24h&cursor=abc'), NOW).toString()).toBe(
      'from=2026-11-19T15%3A00%3A00Z&to=2026-11-20T15%3A00%3A00Z&cursor=abc',
    );
  });

  it('is compared with the range of the same length before it', () => {
    expect(iso(rangeBefore(rangeOf({ kind: 'relative', preset: '30d' }, NOW)))).toEqual([
      '2026-09-22T00:00:00.000Z',
      '2026-10-22T00:00:00.000Z',
    ]);
  });

  it('always names its zone', () => {
    expect(describePeriod(readPeriod(params('')))).toBe('last 30 days, UTC');
    expect(
      describePeriod(readPeriod(params('from=2026-11-12T00:00:00Z&to=2026-11-14T00:00:00Z')), 'Europe/Rome'),
    ).toBe('2026-11-12 01:00+01:00 to 2026-11-14 01:00+01:00');
    expect(describeDays(rangeOf({ kind: 'relative', preset: '30d' }, NOW), 2026)).toBe('22 Oct to 20 Nov');
  });

  it.each([
    ['24h', 'hour'],
    ['48h', 'hour'],
    ['7d', 'day'],
    ['90d', 'day'],
    ['365d', 'week'],
  ] as const)('shows %s by %s', (preset, bucket) => {
    expect(bucketOf(rangeOf({ kind: 'relative', preset }, NOW))).toBe(bucket);
  });
});

describe('a time typed into the period picker', () => {
  it('is read in the zone chosen, on both sides of a change of clocks', () => {
    expect(readLocalInput('2026-10-25T01:30', 'Europe/Rome')?.toISOString()).toBe('2026-10-24T23:30:00.000Z');
    expect(readLocalInput('2026-10-25T03:30', 'Europe/Rome')?.toISOString()).toBe('2026-10-25T02:30:00.000Z');
    expect(readLocalInput('2026-11-12T08:00', 'UTC')?.toISOString()).toBe('2026-11-12T08:00:00.000Z');
  });

  it('comes back as it went in', () => {
    const at = readLocalInput('2026-07-01T09:15', 'America/New_York');
    expect(at).not.toBeNull();
    expect(toLocalInput(at ?? NOW, 'America/New_York')).toBe('2026-07-01T09:15');
  });

  it('is none when it is no time', () => {
    expect(readLocalInput('', 'UTC')).toBeNull();
    expect(readLocalInput('2026-13-45T00:00', 'UTC')).toBeNull();
  });
});

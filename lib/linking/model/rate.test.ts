import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EXCLUSIONS, LINKAGES } from '@/lib/kernel/words';
import { bucketsOf, excludedOf, piecesOf, previousPeriod, type RateCell, rateOf, seriesOf } from './rate';
import { rateLists } from './rate-lists';

const at = new Date('2026-11-20T10:00:00Z');
const range = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-12-01T00:00:00Z') };

const cell = fc.record({
  at: fc.integer({ min: range.from.getTime(), max: range.to.getTime() - 1 }).map((ms) => new Date(ms)),
  excluded: fc.constantFrom(null, ...EXCLUSIONS),
  linkage: fc.constantFrom(...LINKAGES),
  provisional: fc.boolean(),
  n: fc.nat(50),
});

function one(linkage: RateCell['linkage'], n: number, excluded: RateCell['excluded'] = null): RateCell {
  return { at, excluded, linkage, provisional: false, n };
}

describe('the unlinked change rate', () => {
  it('R16: is everything that is not linked over everything accountable, each kind with its own count', () => {
    const cells = [
      one('linked', 60),
      one('late_approval', 10),
      one('outside_window', 5),
      one('mismatch', 5),
      one('unlinked', 20),
      one('not_applicable', 900, 'platform'),
    ];
    expect(rateOf(cells, 'accountable')).toEqual({
      unlinked: 40,
      total: 100,
      rate: 0.4,
      counts: { linked: 60, late_approval: 10, outside_window: 5, mismatch: 5, unlinked: 20 },
    });
    expect(rateOf(cells, 'all')).toMatchObject({ unlinked: 940, total: 1000, rate: 0.94 });
  });

  it('R17: without a change there is no rate, neither 0 % nor an error', () => {
    expect(rateOf([], 'accountable')).toMatchObject({ unlinked: 0, total: 0, rate: null });
    expect(rateOf([one('not_applicable', 5, 'read')], 'accountable').rate).toBeNull();
  });

  it('X3: excused changes are in neither number and counted by reason', () => {
    const cells = [
      one('linked', 1),
      one('not_applicable', 3, 'excused'),
      one('not_applicable', 7, 'platform'),
    ];
    expect(rateOf(cells, 'accountable')).toMatchObject({ unlinked: 0, total: 1 });
    expect(excludedOf(cells)).toEqual({ platform: 7, genesys_internal: 0, failure: 0, read: 0, excused: 3 });
  });

  it('R16: counts add up to the total, and the series to the whole, in either scope and any bucket', () => {
    fc.assert(
      fc.property(
        fc.array(cell),
        fc.constantFrom('accountable' as const, 'all' as const),
        fc.constantFrom('hour' as const, 'day' as const, 'week' as const, 'month' as const),
        (cells, scope, bucket) => {
          const whole = rateOf(cells, scope);
          const counted = Object.values(whole.counts).reduce((sum, n) => sum + n, 0);
          expect(counted).toBe(whole.total);
          expect(whole.unlinked).toBe(whole.total - whole.counts.linked);
          const series = seriesOf(cells, { range, bucket, scope });
          expect(series.reduce((sum, point) => sum + point.total, 0)).toBe(whole.total);
          expect(series.reduce((sum, point) => sum + point.unlinked, 0)).toBe(whole.unlinked);
          expect(rateOf([...cells].reverse(), scope)).toEqual(whole);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('counts a range from pieces that cover it once, whole days and hours as such', () => {
    const instant = fc.integer({ min: range.from.getTime(), max: range.to.getTime() });
    fc.assert(
      fc.property(instant, instant, fc.constantFrom('hour' as const, 'day' as const), (a, b, bucket) => {
        fc.pre(a !== b);
        const asked = { from: new Date(Math.min(a, b)), to: new Date(Math.max(a, b)) };
        const pieces = piecesOf(asked, bucket);
        expect(pieces[0]?.from).toEqual(asked.from);
        expect(pieces.at(-1)?.to).toEqual(asked.to);
        pieces.forEach((piece, index) => {
          const step = piece.grain === 'day' ? 86_400_000 : piece.grain === 'hour' ? 3_600_000 : 1;
          expect(piece.from < piece.to).toBe(true);
          expect(piece.from.getTime() % step).toBe(0);
          expect(piece.to.getTime() % step).toBe(0);
          if (index > 0) expect(piece.from).toEqual(pieces[index - 1]?.to);
          if (bucket === 'hour') expect(piece.grain).not.toBe('day');
        });
      }),
    );
  });

  it('cuts buckets in UTC: weeks begin on Monday, the ends are cut to the range', () => {
    const weeks = bucketsOf(
      { from: new Date('2026-11-18T12:00:00Z'), to: new Date('2026-11-30T00:00:00Z') },
      'week',
    );
    expect(weeks.map((week) => week.from.toISOString())).toEqual([
      '2026-11-18T12:00:00.000Z',
      '2026-11-23T00:00:00.000Z',
    ]);
    expect(weeks.at(-1)?.to.toISOString()).toBe('2026-11-30T00:00:00.000Z');
    expect(bucketsOf(range, 'day')).toHaveLength(30);
  });

  it('compares with the period of the same length before', () => {
    expect(previousPeriod(range)).toEqual({ from: new Date('2026-10-02T00:00:00Z'), to: range.from });
  });

  it('R17: the numerator is the denominator without what is linked, as filters of the list of changes', () => {
    const { numerator, denominator } = rateLists({ range, scope: 'accountable' });
    expect(denominator).toMatchObject({
      accountable: 'true',
      from: '2026-11-01T00:00:00Z',
      to: '2026-12-01T00:00:00Z',
    });
    expect([...(numerator.linkage ?? []), 'linked'].sort()).toEqual([...(denominator.linkage ?? [])].sort());
    expect(rateLists({ range, scope: 'all' }).denominator.linkage).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import {
  centredOn,
  lengthOf,
  overlap,
  panned,
  resized,
  snapped,
  yearAround,
  ZOOMS,
  zoomAround,
  zoomOf,
} from './extent';
import { FOLD_R, layoutLane, type Placeable, radiusOf } from './layout';
import { scaleOf, selectionOf, selectStep, ticksOf } from './scale';

const NOW = Date.parse('2026-11-20T10:00:00Z');
const extents = fc
  .tuple(fc.integer({ min: NOW - 700 * DAY_MS, max: NOW - DAY_MS }), fc.integer({ min: 10, max: 500_000 }))
  .map(([from, minutes]) => ({ from, to: from + minutes * MINUTE_MS }));

describe('the visible extent', () => {
  it('zooming keeps the instant under the pointer where it is', () => {
    fc.assert(
      fc.property(
        extents,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(0.5, 0.8, 1.25, 2),
        (extent, share, factor) => {
          const around = extent.from + share * lengthOf(extent);
          // Far in the past nothing pushes back.
          const next = zoomAround(extent, around, factor, NOW + 9_000 * DAY_MS);
          const before = scaleOf(extent, 0, 1_000).x(around);
          const after = scaleOf(next, 0, 1_000).x(around);
          expect(Math.abs(before - after)).toBeLessThan(0.01);
        },
      ),
    );
  });

  it('never reaches into a time that has not come, and keeps its length when pushed back', () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: -900, max: 900 }), (extent, days) => {
        const next = panned(extent, days * DAY_MS, NOW);
        expect(next.to).toBeLessThanOrEqual(Date.parse('2026-11-21T00:00:00Z'));
        expect(lengthOf(next)).toBeCloseTo(lengthOf(extent), 3);
      }),
    );
  });

  it('a button gives the length it names', () => {
    for (const zoom of ZOOMS) {
      const extent = centredOn(NOW - 400 * DAY_MS, zoom.ms, NOW);
      expect(zoomOf(snapped(extent))).toBe(zoom.id);
    }
  });

  it('a button keeps the newest in sight where the extent ends with the time there is, and the middle otherwise', () => {
    const endOfToday = Math.ceil(NOW / DAY_MS) * DAY_MS;
    const year = { from: endOfToday - 365 * DAY_MS, to: endOfToday };
    for (const zoom of ZOOMS) {
      const newest = resized(year, zoom.ms, NOW);
      expect(lengthOf(newest)).toBe(zoom.ms);
      expect(newest.to).toBeGreaterThanOrEqual(NOW);
      expect(newest.from).toBeLessThanOrEqual(NOW);
      const past = { from: NOW - 300 * DAY_MS, to: NOW - 100 * DAY_MS };
      expect(resized(past, zoom.ms, NOW)).toEqual(centredOn(NOW - 200 * DAY_MS, zoom.ms, NOW));
    }
  });

  it('snapping twice changes nothing more', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        const once = snapped(extent);
        expect(snapped(once)).toEqual(once);
        expect(once.to).toBeGreaterThan(once.from);
      }),
    );
  });

  it('the strip holds the extent', () => {
    fc.assert(
      fc.property(extents, (extent) => {
        const year = yearAround(extent, NOW);
        expect(year.from).toBeLessThanOrEqual(extent.from);
        expect(year.to).toBeGreaterThanOrEqual(extent.to);
      }),
    );
  });

  it('what two ranges have in common is half-open', () => {
    expect(overlap({ from: 0, to: 10 }, { from: 10, to: 20 })).toBeNull();
    expect(overlap({ from: 0, to: 11 }, { from: 10, to: 20 })).toEqual({ from: 10, to: 11 });
  });
});

describe('the scale', () => {
  it('goes to pixels and back', () => {
    fc.assert(
      fc.property(extents, fc.double({ min: 0, max: 1, noNaN: true }), (extent, share) => {
        const scale = scaleOf(extent, 84, 900);
        const at = extent.from + share * lengthOf(extent);
        expect(Math.abs(scale.at(scale.x(at)) - at)).toBeLessThan(1);
      }),
    );
  });

  it('ticks lie inside, in order and apart, whatever the zoom', () => {
    fc.assert(
      fc.property(extents, fc.integer({ min: 250, max: 2_400 }), (extent, width) => {
        const scale = scaleOf(extent, 0, width);
        const ticks = ticksOf(scale);
        for (const [index, tick] of ticks.entries()) {
          expect(tick.at).toBeGreaterThanOrEqual(extent.from);
          expect(tick.at).toBeLessThan(extent.to);
          const before = ticks[index - 1];
          // Months have 28 days at least.
          if (before !== undefined) expect(scale.x(tick.at) - scale.x(before.at)).toBeGreaterThan(76 * 0.9);
        }
      }),
    );
  });

  it.each([
    [HOUR_MS, '10:10'],
    [2 * DAY_MS, '12:00'],
    [30 * DAY_MS, '1 Nov'],
    [365 * DAY_MS, 'Jan 2026'],
  ])('over %i ms a tick reads %s', (ms, label) => {
    const from = ms === HOUR_MS ? NOW : Date.parse('2026-11-20T00:00:00Z') - ms + DAY_MS;
    const labels = ticksOf(scaleOf({ from, to: from + ms }, 0, ms === 30 * DAY_MS ? 2_400 : 1_000)).map(
      (tick) => tick.label,
    );
    expect(labels).toContain(label);
  });

  it('a selection lies on whole steps and holds both ends', () => {
    fc.assert(
      fc.property(
        extents,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (extent, a, b) => {
          const scale = scaleOf(extent, 0, 900);
          const step = selectStep(scale);
          const [one, other] = [extent.from + a * lengthOf(extent), extent.from + b * lengthOf(extent)];
          const selection = selectionOf(one, other, step);
          expect(selection.from % step).toBe(0);
          expect(selection.to - selection.from).toBeGreaterThanOrEqual(step);
          expect(selection.from).toBeLessThanOrEqual(Math.min(one, other));
          expect(selection.to).toBeGreaterThanOrEqual(Math.floor(Math.max(one, other) / step) * step);
        },
      ),
    );
  });
});

describe('the places of marks in a lane', () => {
  const things = fc
    .array(
      fc.tuple(
        fc.double({ min: 0, max: 600, noNaN: true }),
        fc.double({ min: 5, max: 19, noNaN: true }),
        fc.constantFrom(0, 1),
      ),
      { maxLength: 120 },
    )
    .map((all) =>
      all.map(
        ([x, r, gravity], index): Placeable => ({ key: `m${index}`, x, r, left: r, right: r, gravity }),
      ),
    );

  it('no two marks cover each other, none leaves its lane, none is lost', () => {
    fc.assert(
      fc.property(things, (marks) => {
        const { placed, folds } = layoutLane(marks, 150);
        const byKey = new Map(marks.map((mark) => [mark.key, mark]));
        for (const [index, one] of placed.entries()) {
          const r = byKey.get(one.key)?.r ?? 0;
          expect(one.offset - r).toBeGreaterThanOrEqual(-0.001);
          expect(one.offset + r).toBeLessThanOrEqual(150.001);
          for (const other of placed.slice(index + 1)) {
            const s = byKey.get(other.key)?.r ?? 0;
            const apart =
              Math.abs(one.x - other.x) >= r + s - 0.001 ||
              Math.abs(one.offset - other.offset) >= r + s - 0.001;
            expect(apart).toBe(true);
          }
        }
        const all = [...placed.map((one) => one.key), ...folds.flatMap((fold) => fold.keys)];
        expect([...all].sort()).toEqual(marks.map((mark) => mark.key).sort());
        for (const [index, fold] of folds.entries()) {
          expect(fold.offset + FOLD_R).toBeLessThanOrEqual(150);
          const before = folds[index - 1];
          if (before !== undefined) expect(fold.x - before.x).toBeGreaterThanOrEqual(43);
        }
      }),
    );
  });

  it('the same marks give the same picture in any order', () => {
    fc.assert(
      fc.property(things, (marks) => {
        const sortKeys = (layout: ReturnType<typeof layoutLane>) =>
          [...layout.placed].sort((a, b) => (a.key < b.key ? -1 : 1));
        expect(sortKeys(layoutLane([...marks].reverse(), 120))).toEqual(sortKeys(layoutLane(marks, 120)));
      }),
    );
  });

  it('R22: among many at one instant the grave one stands at the axis and is not folded', () => {
    const many = Array.from(
      { length: 80 },
      (_, index): Placeable => ({ key: `k${index}`, x: 100, r: 6, left: 6, right: 6, gravity: 0 }),
    );
    const { placed, folds } = layoutLane(
      [...many, { key: 'grave', x: 100, r: 6, left: 6, right: 6, gravity: 1 }],
      120,
    );
    expect(placed.find((one) => one.key === 'grave')?.offset).toBe(6);
    expect(folds).toHaveLength(1);
    expect(folds[0]?.keys).not.toContain('grave');
  });

  it('area grows with the size of a session', () => {
    expect(radiusOf(1, 1_400)).toBe(6);
    expect(radiusOf(1_400, 1_400)).toBe(19);
    expect(radiusOf(700, 1_400)).toBeGreaterThan(radiusOf(100, 1_400));
  });
});

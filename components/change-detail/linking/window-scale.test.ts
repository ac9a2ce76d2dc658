import { describe, expect, test } from 'vitest';
import { placeInWindow, windowScale } from './window-scale';

const window = { from: '2026-11-20T10:00:00Z', to: '2026-11-20T12:00:00Z' };

describe('a change beside its window', () => {
  test.each([
    ['2026-11-20T10:00:00Z', 'inside', 0],
    ['2026-11-20T11:59:59Z', 'inside', 7_199_000],
    ['2026-11-20T12:00:00Z', 'after', 0],
    ['2026-11-20T09:59:00Z', 'before', 60_000],
    ['2026-11-20T15:00:00Z', 'after', 10_800_000],
  ])('at %s it is %s: the start counts, the end does not', (at, place, ms) => {
    expect(placeInWindow(window, at)).toEqual({ place, ms });
  });

  test('window and change are whole on the bar, wherever the change stands', () => {
    for (const eventDate of ['2026-11-20T11:00:00Z', '2026-11-01T00:00:00Z', '2027-02-01T00:00:00Z']) {
      const scale = windowScale({ window, eventDate, approvedAt: null });
      for (const edge of [scale.left, scale.left + scale.width, scale.at]) {
        expect(edge).toBeGreaterThan(0);
        expect(edge).toBeLessThan(100);
      }
      expect(scale.width).toBeGreaterThanOrEqual(1.5);
    }
  });

  test('an approval outside the bar is not drawn on it', () => {
    const eventDate = '2026-11-20T11:00:00Z';
    expect(windowScale({ window, eventDate, approvedAt: '2026-11-01T00:00:00Z' }).approvedAt).toBeNull();
    expect(windowScale({ window, eventDate, approvedAt: '2026-11-20T10:00:00Z' }).approvedAt).toBeCloseTo(
      9.68,
    );
  });
});

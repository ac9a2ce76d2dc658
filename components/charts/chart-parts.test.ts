import { describe, expect, it } from 'vitest';
import { timeTicks } from './chart-parts';

const at = (text: string) => Date.parse(text);

describe('the ticks of a time axis', () => {
  it.each([
    ['a day', '2026-11-20T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['a week', '2026-11-14T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['thirty days', '2026-10-22T00:00:00Z', '2026-11-21T00:00:00Z'],
    ['a year', '2025-11-21T00:00:00Z', '2026-11-21T00:00:00Z'],
  ])('of %s are few, round and inside', (_name, from, to) => {
    const ticks = timeTicks(at(from), at(to));
    expect(ticks.length).toBeGreaterThan(2);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks.every((tick) => tick >= at(from) && tick < at(to) && tick % 3_600_000 === 0)).toBe(true);
  });
});

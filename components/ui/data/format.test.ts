import { describe, expect, it } from 'vitest';
import {
  countOf,
  formatCount,
  formatPart,
  formatRate,
  formatSpan,
  plural,
  rateDelta,
  shortenId,
} from './format';

describe('figures on screen', () => {
  it('are exact to the row', () => {
    expect(formatCount(1_204_331)).toBe('1,204,331');
    expect(formatPart(37, 1212, 'change')).toBe('37 of 1,212 changes');
    expect(countOf(1, 'gap')).toBe('1 gap');
    expect(plural(2, 'query')).toBe('queries');
    expect(plural(0, 'day')).toBe('days');
  });

  it.each([
    ['R17: no change gives no rate, neither 0 % nor 100 %', null, 'no changes'],
    ['nothing unlinked', 0, '0 %'],
    ['very few unlinked do not read as none', 0.00001, '< 0.01 %'],
    ['below one percent two decimals', 0.0042, '0.42 %'],
    ['otherwise one', 0.0305, '3.0 %'],
    ['nearly all does not read as all', 0.99999, '> 99.9 %'],
    ['all', 1, '100 %'],
  ])('%s', (_name, rate, text) => {
    expect(formatRate(rate)).toBe(text);
  });

  it('compares two rates in points, and says nothing where one is missing', () => {
    expect(rateDelta(0.031, 0.043)).toBeCloseTo(-1.2);
    expect(rateDelta(null, 0.04)).toBeNull();
    expect(rateDelta(0.04, null)).toBeNull();
  });

  it('shortens ids in the middle and keeps a prefix that says what it is', () => {
    expect(shortenId('7d1f0000-0000-4000-8000-000000009b01')).toBe('7d1f…9b01');
    expect(shortenId('run_01jd3k4m5n6p7q8r9s')).toBe('run_01jd…8r9s');
    expect(shortenId('short')).toBe('short');
  });

  it.each([
    [0, '0 s'],
    [-5, '0 s'],
    [59_000, '59 s'],
    [4 * 60_000 + 5_000, '4 min 5 s'],
    [2 * 86_400_000 + 3 * 3_600_000 + 59_000, '2 d 3 h'],
    [3_600_000, '1 h'],
  ])('a span of %d ms reads %s', (ms, text) => {
    expect(formatSpan(ms)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { formatDelay } from './delay';

describe('how long an alert took', () => {
  it.each([
    [0, '0.0 s'],
    [420, '0.4 s'],
    [9_960, '10.0 s'],
    [12_000, '12 s'],
    [200_000, '3 min 20 s'],
    [-5, '0.0 s'],
  ])('%i ms reads %s', (ms, text) => {
    expect(formatDelay(ms)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { formatClockTo } from './clock';

describe('the clock of an approval', () => {
  it.each([
    [760_000, '00:12:40'],
    [3_600_000, '01:00:00'],
    [2 * 86_400_000 + 10_800_000, '2 d 03:00:00'],
    [999, '00:00:00'],
    [-5_000, '00:00:00'],
  ])('%i ms left reads %s', (ms, text) => {
    expect(formatClockTo(ms)).toBe(text);
  });
});

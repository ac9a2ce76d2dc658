import { describe, expect, it } from 'vitest';
import { askedWaitMs, backoffMs, readRateLimit, throttleMs } from './pacing';

describe('pacing', () => {
  it('doubles from 3 s, is capped at 60 s, and is spread over the upper half', () => {
    expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => backoffMs(attempt, 'answer', 0))).toEqual([
      1500, 3000, 6000, 12_000, 24_000, 30_000, 30_000,
    ]);
    expect(backoffMs(9, 'answer', 0.999_999)).toBe(60_000);
  });

  it('comes back sooner after a broken connection', () => {
    expect(backoffMs(1, 'network', 1)).toBe(500);
  });

  it('keeps ten requests in reserve, or a tenth of a small allowance', () => {
    expect(throttleMs({ count: 289, allowed: 300, resetSeconds: 30 })).toBe(0);
    expect(throttleMs({ count: 290, allowed: 300, resetSeconds: 30 })).toBe(30_000);
    expect(throttleMs({ count: 5, allowed: 10, resetSeconds: 30 })).toBe(0);
    expect(throttleMs({ count: 9, allowed: 10, resetSeconds: 30 })).toBe(30_000);
  });

  it('prefers Retry-After to the message, and the message to the window', () => {
    const reset = { 'inin-ratelimit-reset': '4' };
    expect(askedWaitMs({ ...reset, 'retry-after': '9' }, 'Retry in [7] seconds')).toBe(9000);
    expect(askedWaitMs(reset, 'Retry in [7] seconds')).toBe(7000);
    expect(askedWaitMs(reset, 'no')).toBe(5000);
    expect(askedWaitMs({ 'retry-after': 'soon' }, 'no')).toBeNull();
  });

  it('reads headers that are whole numbers only', () => {
    const headers = {
      'inin-ratelimit-count': '1',
      'inin-ratelimit-allowed': '300',
      'inin-ratelimit-reset': '60',
    };
    expect(readRateLimit(headers)).toEqual({ count: 1, allowed: 300, resetSeconds: 60 });
    expect(readRateLimit({ ...headers, 'inin-ratelimit-count': 'many' })).toBeNull();
    expect(readRateLimit({})).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { formatClock, formatDay, formatInstant, isZone, offsetMinutes } from './format-time';

describe('an instant on screen', () => {
  it.each([
    ['UTC', 'second', '2026-11-20 14:22:31Z'],
    ['UTC', 'minute', '2026-11-20 14:22Z'],
    ['UTC', 'day', '2026-11-20'],
    ['Europe/Rome', 'second', '2026-11-20 15:22:31+01:00'],
    ['America/New_York', 'minute', '2026-11-20 09:22-05:00'],
    ['Asia/Kolkata', 'second', '2026-11-20 19:52:31+05:30'],
  ] as const)('in %s to the %s reads %s', (zone, precision, text) => {
    expect(formatInstant('2026-11-20T14:22:31.480Z', zone, precision)).toBe(text);
  });

  it('shows what is no instant as it came rather than a made-up date', () => {
    expect(formatInstant('soon')).toBe('soon');
  });

  it('keeps the zone on a clock time too', () => {
    expect(formatClock('2026-11-20T14:22:31Z')).toBe('14:22:31Z');
  });

  it('names the year only when it is another one', () => {
    expect(formatDay('2026-11-03T00:00:00Z', 2026)).toBe('3 Nov');
    expect(formatDay('2025-11-03T00:00:00Z', 2026)).toBe('3 Nov 2025');
  });

  it('knows both sides of a change of clocks', () => {
    expect(offsetMinutes(new Date('2026-10-25T00:59:59Z'), 'Europe/Rome')).toBe(120);
    expect(offsetMinutes(new Date('2026-10-25T01:00:00Z'), 'Europe/Rome')).toBe(60);
  });

  it('does not take any text for a zone', () => {
    expect(isZone('Europe/Rome')).toBe(true);
    expect(isZone('Europe/Nowhere')).toBe(false);
  });
});

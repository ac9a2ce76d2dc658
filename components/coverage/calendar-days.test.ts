import { describe, expect, it } from 'vitest';
import type { CoverageHourDto } from '@/lib/changes/contract';
import { basisCounts, calendarDays, neighbour } from './calendar-days';

const hour = (at: string, basis: CoverageHourDto['basis'] = null): CoverageHourDto => ({
  hour: at,
  state: basis === null ? 'pending' : 'complete',
  basis,
  records: 0,
  services: 1,
  quarantined: 0,
  because: null,
});
const HOURS = [
  hour('2026-11-02T23:00:00Z', 'two_readings'),
  hour('2026-11-03T00:00:00Z', 'two_paths'),
  hour('2026-11-03T01:00:00Z'),
  hour('2026-11-03T23:00:00Z', 'two_paths'),
];

describe('the coverage calendar', () => {
  const days = calendarDays(HOURS);

  it('has a row of 24 hours for each day, newest first, and no cell for an hour not asked about', () => {
    expect(days.map((day) => day.day)).toEqual(['2026-11-03', '2026-11-02']);
    expect(days[0]?.hours).toHaveLength(24);
    expect(days[0]?.hours[5]).toBeNull();
    expect(days[1]?.hours[23]?.hour).toBe('2026-11-02T23:00:00Z');
  });

  it('draws the newest days when there are too many', () => {
    expect(calendarDays(HOURS, 1).map((day) => day.day)).toEqual(['2026-11-03']);
  });

  it('is walked by arrows and stops at its edges', () => {
    expect(neighbour(days, '2026-11-03T00:00:00Z', 'ArrowRight')).toBe('2026-11-03T01:00:00Z');
    expect(neighbour(days, '2026-11-03T23:00:00Z', 'ArrowDown')).toBe('2026-11-02T23:00:00Z');
    expect(neighbour(days, '2026-11-03T00:00:00Z', 'ArrowLeft')).toBeNull();
    expect(neighbour(days, '2026-11-03T00:00:00Z', 'ArrowUp')).toBeNull();
    expect(neighbour(days, '2026-11-03T00:00:00Z', 'x')).toBeNull();
  });

  it('counts what completeness rests on', () => {
    expect(basisCounts(HOURS)).toEqual({ one_reading: 0, two_readings: 1, two_paths: 2 });
  });
});

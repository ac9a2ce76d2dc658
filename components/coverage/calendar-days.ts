import type { CoverageHourDto } from '@/lib/changes/contract';
import { DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { COVERAGE_STATES, type CoverageState } from '@/lib/kernel/words';

/** One row of the calendar: a UTC day with its 24 hours; `null` where the answer has no such hour. */
export type CalendarDay = { readonly day: string; readonly hours: readonly (CoverageHourDto | null)[] };

/** More days than this are not drawn at once; the newest are. */
export const DAYS_DRAWN = 92;

/** The days of a coverage answer, newest first, at most `most`. */
export function calendarDays(hours: readonly CoverageHourDto[], most: number = DAYS_DRAWN): CalendarDay[] {
  const byHour = new Map(hours.map((hour) => [Date.parse(hour.hour), hour]));
  const days = [...new Set([...byHour.keys()].map((at) => Math.floor(at / DAY_MS)))].sort((a, b) => b - a);
  return days.slice(0, most).map((day) => ({
    day: toIso(new Date(day * DAY_MS)).slice(0, 10),
    hours: Array.from({ length: 24 }, (_, hour) => byHour.get(day * DAY_MS + hour * HOUR_MS) ?? null),
  }));
}

export type BasisCounts = Readonly<Record<'one_reading' | 'two_readings' | 'two_paths', number>>;

/** How many complete hours rest on which basis. */
export function basisCounts(hours: readonly CoverageHourDto[]): BasisCounts {
  const counts = { one_reading: 0, two_readings: 0, two_paths: 0 };
  for (const hour of hours) if (hour.basis !== null) counts[hour.basis] += 1;
  return counts;
}

export const BASIS_WORDS = {
  one_reading: 'one reading, begun late enough',
  two_readings: 'two readings that agree',
  two_paths: 'push and pull that agree',
} as const satisfies Record<keyof BasisCounts, string>;

/** States in the order they trouble: what is missing first. */
export const STATES_BY_TROUBLE: readonly CoverageState[] = [...COVERAGE_STATES].reverse();

/** The cell an arrow key goes to, or null at an edge. Rows are days newest first, columns hours. */
export function neighbour(days: readonly CalendarDay[], hour: string, key: string): string | null {
  const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[key];
  if (step === undefined) return null;
  const row = days.findIndex((day) => hour.startsWith(day.day));
  const column = new Date(hour).getUTCHours();
  const next = days[row + step[0]!]?.hours[column + step[1]!];
  return next?.hour ?? null;
}

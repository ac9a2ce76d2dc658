import { readLocalInput, toLocalInput } from '@/components/url/period';
import type { OccurrenceDto } from '@/lib/directory/contract/windows';
import { DAY_MS } from '@/lib/kernel/instant';

/** A day on the clock of the page's zone, with the pieces of occurrences that fall into it. */
export type CalendarDay = {
  /** `2026-11-30`. */
  readonly day: string;
  readonly from: Date;
  readonly to: Date;
  readonly pieces: readonly CalendarPiece[];
};

export type CalendarPiece = {
  readonly occurrence: OccurrenceDto;
  /** Share of the day, 0..1; a day of 23 or 25 hours is one day. */
  readonly start: number;
  readonly end: number;
  /** Row within the day: pieces that overlap stand below one another. */
  readonly lane: number;
};

/** The days of a calendar that begins with the day, each cut to what lies in it. */
export function calendarDays(
  occurrences: readonly OccurrenceDto[],
  asked: { readonly first: string; readonly count: number; readonly zone: string },
): CalendarDay[] {
  return Array.from({ length: asked.count }, (_, n) => {
    const day = dayAfter(asked.first, n);
    const range = { from: startOf(day, asked.zone), to: startOf(dayAfter(day, 1), asked.zone) };
    return { day, ...range, pieces: piecesIn(occurrences, range) };
  });
}

/** The instants between which a calendar lies. */
export function calendarRange(asked: {
  readonly first: string;
  readonly count: number;
  readonly zone: string;
}) {
  return {
    from: startOf(asked.first, asked.zone),
    to: startOf(dayAfter(asked.first, asked.count), asked.zone),
  };
}

/** The Monday of the week in which an instant lies in the zone. */
export function mondayOf(at: Date, zone: string): string {
  const day = toLocalInput(at, zone).slice(0, 10);
  return dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));
}

export function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

function startOf(day: string, zone: string): Date {
  return readLocalInput(`${day}T00:00`, zone) ?? new Date(`${day}T00:00:00Z`);
}

function piecesIn(
  occurrences: readonly OccurrenceDto[],
  day: { readonly from: Date; readonly to: Date },
): CalendarPiece[] {
  const length = day.to.getTime() - day.from.getTime();
  const ends: number[] = [];
  return occurrences.flatMap((occurrence) => {
    const start = Math.max(0, (Date.parse(occurrence.from) - day.from.getTime()) / length);
    const end = Math.min(1, (Date.parse(occurrence.to) - day.from.getTime()) / length);
    if (start >= end) return [];
    const free = ends.findIndex((taken) => taken <= start);
    const lane = free === -1 ? ends.length : free;
    ends[lane] = end;
    return [{ occurrence, start, end, lane }];
  });
}

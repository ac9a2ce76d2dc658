'use client';

import { type KeyboardEvent, type MouseEvent, memo, useState } from 'react';
import { COVERAGE_COLOURS, CoverageShape } from '@/components/tally/coverage-mark';
import { COVERAGE_WORDS } from '@/components/tally/words';
import { classes } from '@/components/ui/classes';
import { countOf } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import type { CoverageHourDto } from '@/lib/changes/contract';
import { COVERAGE_STATES } from '@/lib/kernel/words';
import { type CalendarDay, neighbour } from './calendar-days';

type CalendarProps = {
  readonly days: readonly CalendarDay[];
  readonly openHour: string | null;
  readonly onOpen: (hour: string) => void;
};

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Days down, 24 hours across, UTC. One stop for Tab, arrows within, Enter opens the readings behind a cell. */
export function Calendar({ days, openHour, onOpen }: CalendarProps) {
  const first = days[0]?.hours.find((hour) => hour !== null)?.hour ?? null;
  const [stop, setStop] = useState<string | null>(openHour);
  const current = stop !== null && days.some((day) => stop.startsWith(day.day)) ? stop : first;
  const move = (event: KeyboardEvent<HTMLTableElement>) => {
    if (current === null) return;
    const next = neighbour(days, current, event.key);
    if (next === null) return;
    event.preventDefault();
    setStop(next);
    event.currentTarget.querySelector<HTMLButtonElement>(`[data-hour="${next}"]`)?.focus();
  };
  // Caught here, so that a cell needs nothing that is made anew with each drawing, and days that stay the same are not drawn again.
  const open = ({ target }: MouseEvent<HTMLTableElement>) => {
    const hour = target instanceof Element ? target.closest<HTMLElement>('[data-hour]')?.dataset.hour : null;
    if (!hour) return;
    setStop(hour);
    onOpen(hour);
  };
  return (
    <div className="relative overflow-x-auto">
      <svg aria-hidden width={0} height={0} className="absolute">
        {COVERAGE_STATES.map((state) => (
          <symbol key={state} id={`coverage-${state}`} viewBox="0 0 12 12">
            <CoverageShape state={state} />
          </symbol>
        ))}
      </svg>
      <table
        aria-label="Coverage by day and hour, UTC"
        onKeyDown={move}
        onClick={open}
        className="border-separate border-spacing-0"
      >
        <thead>
          <tr>
            <th scope="col" className="sticky left-0 bg-paper pr-3 text-left text-xs font-medium text-muted">
              UTC
            </th>
            {HOURS.map((hour) => (
              <th
                key={hour}
                scope="col"
                className="w-6 pb-1 text-center font-mono text-xs font-normal text-muted"
              >
                <span className={hour % 3 === 0 ? undefined : 'sr-only'}>
                  {String(hour).padStart(2, '0')}
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <Day
              key={day.day}
              day={day}
              stop={current?.startsWith(day.day) ? current : null}
              open={openHour?.startsWith(day.day) ? openHour : null}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type DayProps = {
  readonly day: CalendarDay;
  /** The hour of this day that Tab stops at, and the one that is open. */
  readonly stop: string | null;
  readonly open: string | null;
};

const Day = memo(function Day({ day, stop, open }: DayProps) {
  return (
    <tr>
      <th
        scope="row"
        className="sticky left-0 bg-paper pr-3 text-left font-mono text-xs font-normal whitespace-nowrap text-muted"
      >
        {day.day}
      </th>
      {HOURS.map((hour) => {
        const told = day.hours[hour] ?? null;
        return (
          <Cell
            key={hour}
            hour={told}
            isStop={told !== null && told.hour === stop}
            isOpen={told !== null && told.hour === open}
          />
        );
      })}
    </tr>
  );
});

type CellProps = {
  readonly hour: CoverageHourDto | null;
  readonly isStop: boolean;
  readonly isOpen: boolean;
};

function Cell({ hour, isStop, isOpen }: CellProps) {
  if (hour === null) return <td className="size-6" />;
  const says = sayHour(hour);
  return (
    <td className="size-6 p-0">
      <button
        type="button"
        data-hour={hour.hour}
        tabIndex={isStop ? 0 : -1}
        title={says}
        aria-label={says}
        aria-pressed={isOpen}
        className={classes(
          'flex size-6 items-center justify-center rounded-sm hover:bg-sunken',
          COVERAGE_COLOURS[hour.state],
          isOpen && 'bg-accent-soft outline-2 outline-accent',
        )}
      >
        <svg aria-hidden width={14} height={14}>
          <use href={`#coverage-${hour.state}`} />
        </svg>
      </button>
    </td>
  );
}

function sayHour(hour: CoverageHourDto): string {
  const parts = [
    `${formatInstant(hour.hour, 'UTC', 'minute')}: ${COVERAGE_WORDS[hour.state]}`,
    countOf(hour.records, 'record'),
  ];
  if (hour.quarantined > 0) parts.push(`${countOf(hour.quarantined, 'record')} quarantined`);
  if (hour.because !== null) parts.push(hour.because);
  return parts.join(', ');
}

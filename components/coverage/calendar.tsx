'use client';

import { type KeyboardEvent, useState } from 'react';
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
            <tr key={day.day}>
              <th
                scope="row"
                className="sticky left-0 bg-paper pr-3 text-left font-mono text-xs font-normal whitespace-nowrap text-muted"
              >
                {day.day}
              </th>
              {HOURS.map((hour) => (
                <Cell
                  key={hour}
                  hour={day.hours[hour] ?? null}
                  isStop={day.hours[hour]?.hour === current}
                  isOpen={day.hours[hour]?.hour === openHour}
                  onOpen={(at) => {
                    setStop(at);
                    onOpen(at);
                  }}
                />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

type CellProps = {
  readonly hour: CoverageHourDto | null;
  readonly isStop: boolean;
  readonly isOpen: boolean;
  readonly onOpen: (hour: string) => void;
};

function Cell({ hour, isStop, isOpen, onOpen }: CellProps) {
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
        onClick={() => onOpen(hour.hour)}
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

'use client';

import { useId } from 'react';
import { formatDay } from '@/components/ui/data/format-time';
import type { CalendarDay, CalendarPiece } from './calendar-days';

const AXIS = 20;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24] as const;
/** Lower bars hold no name: it stands in the tip and in the table. */
const LOWEST_WITH_NAME = 14;

type DayRowsProps = {
  readonly days: readonly CalendarDay[];
  readonly now: Date;
  /** Many days: lower rows, no names. */
  readonly dense: boolean;
};

/** One row a day over its 24 hours: windows shaded, freezes hatched, the present a line. */
export function DayRows({ days, now, dense }: DayRowsProps) {
  const hatch = useId();
  const row = dense ? 18 : 34;
  const height = AXIS + days.length * row;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys, too.
    <section className="flex h-full overflow-x-auto" tabIndex={0} aria-label="Days by their hours">
      <svg width={84} height={height} aria-hidden className="shrink-0">
        {days.map((day, index) => (
          <text
            key={day.day}
            x={0}
            y={AXIS + index * row + row / 2 + 4}
            fontSize={12}
            fontWeight={isIn(day, now) ? 600 : 400}
            fill={isIn(day, now) ? 'var(--ink)' : 'var(--muted)'}
          >
            {weekdayOf(day.day)} {formatDay(`${day.day}T00:00:00Z`)}
          </text>
        ))}
      </svg>
      <svg width="100%" height={height} aria-hidden className="min-w-140 flex-1">
        <defs>
          <pattern
            id={hatch}
            width={6}
            height={6}
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <rect width={6} height={6} fill="var(--sunken)" />
            <line x1={0} y1={0} x2={0} y2={6} stroke="var(--ink)" strokeWidth={1.4} strokeOpacity={0.5} />
          </pattern>
        </defs>
        {HOURS.map((hour) => (
          <g key={hour}>
            <line
              x1={percent(hour / 24)}
              x2={percent(hour / 24)}
              y1={AXIS - 4}
              y2={height}
              stroke="var(--line)"
            />
            <text
              x={percent(hour / 24)}
              y={12}
              fontSize={12}
              fill="var(--muted)"
              textAnchor={hour === 24 ? 'end' : 'start'}
            >
              {String(hour).padStart(2, '0')}:00
            </text>
          </g>
        ))}
        {days.map((day, index) => (
          <g key={day.day}>
            <line x1={0} x2="100%" y1={AXIS + index * row} y2={AXIS + index * row} stroke="var(--line)" />
            {day.pieces.map((piece) => (
              <Piece
                key={`${piece.occurrence.windowId} ${piece.start}`}
                piece={piece}
                top={AXIS + index * row + 2 + (piece.lane * (row - 4)) / lanesOf(day)}
                height={(row - 4) / lanesOf(day) - 1}
                hatch={hatch}
              />
            ))}
            {isIn(day, now) ? (
              <line
                x1={percent(shareOf(day, now))}
                x2={percent(shareOf(day, now))}
                y1={AXIS + index * row}
                y2={AXIS + (index + 1) * row}
                stroke="var(--accent)"
                strokeWidth={2}
              />
            ) : null}
          </g>
        ))}
      </svg>
    </section>
  );
}

type PieceProps = {
  readonly piece: CalendarPiece;
  readonly top: number;
  readonly height: number;
  readonly hatch: string;
};

function Piece({ piece, top, height, hatch }: PieceProps) {
  const { occurrence, start, end } = piece;
  const isFreeze = occurrence.kind === 'freeze';
  return (
    // A picture of its own, so that a name longer than its bar is cut at the end of the bar.
    <svg x={percent(start)} y={top} width={percent(end - start)} height={height}>
      <title>{`${occurrence.name}, ${isFreeze ? 'freeze' : 'window'}: ${occurrence.from} to ${occurrence.to}`}</title>
      <rect
        x={0}
        y={0}
        width="100%"
        height={height}
        rx={2}
        fill={isFreeze ? `url(#${hatch})` : 'var(--accent-soft)'}
        stroke={isFreeze ? 'var(--ink)' : 'var(--accent)'}
        strokeDasharray={isFreeze ? '3 2' : undefined}
        strokeWidth={1.5}
      />
      {height < LOWEST_WITH_NAME ? null : (
        <text
          x={6}
          y={height / 2 + 4}
          fontSize={12}
          fill="var(--ink)"
          {...(isFreeze ? { stroke: 'var(--surface)', strokeWidth: 3, paintOrder: 'stroke' } : {})}
        >
          {occurrence.name}
        </text>
      )}
    </svg>
  );
}

function percent(share: number): string {
  return `${share * 100}%`;
}

function isIn(day: CalendarDay, at: Date): boolean {
  return at >= day.from && at < day.to;
}

function shareOf(day: CalendarDay, at: Date): number {
  return (at.getTime() - day.from.getTime()) / (day.to.getTime() - day.from.getTime());
}

function lanesOf(day: CalendarDay): number {
  return Math.max(1, ...day.pieces.map((piece) => piece.lane + 1));
}

function weekdayOf(day: string): string {
  return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
}

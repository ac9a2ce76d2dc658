'use client';

import { useId } from 'react';
import { formatDay } from '@/components/ui/data/format-time';
import type { CalendarDay, CalendarPiece } from './calendar-days';

const LABEL_WIDTH = 74;
const WIDTH = 1_000;
const AXIS = 20;
const HOURS = [0, 3, 6, 9, 12, 15, 18, 21, 24] as const;

/** One row a day over its 24 hours. The names stand in the bars where there is room, and in the table that goes with the picture. */
export function DayRows({
  days,
  now,
  dense,
}: {
  readonly days: readonly CalendarDay[];
  readonly now: Date;
  readonly dense: boolean;
}) {
  const hatch = useId();
  const row = dense ? 18 : 34;
  const height = AXIS + days.length * row;
  const left = (share: number) => LABEL_WIDTH + share * (WIDTH - LABEL_WIDTH);
  return (
    <div className="h-full overflow-x-auto">
      <svg
        viewBox={`0 0 ${WIDTH} ${height}`}
        width="100%"
        height={height}
        preserveAspectRatio="none"
        className="min-w-160"
        aria-hidden
      >
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
            <line x1={left(hour / 24)} x2={left(hour / 24)} y1={AXIS - 4} y2={height} stroke="var(--line)" />
            <text
              x={left(hour / 24)}
              y={12}
              fontSize={12}
              fill="var(--muted)"
              textAnchor={hour === 24 ? 'end' : 'start'}
            >
              {String(hour).padStart(2, '0')}:00
            </text>
          </g>
        ))}
        {days.map((day, index) => {
          const top = AXIS + index * row;
          const isToday = now >= day.from && now < day.to;
          return (
            <g key={day.day}>
              <line x1={0} x2={WIDTH} y1={top} y2={top} stroke="var(--line)" />
              <text
                x={0}
                y={top + row / 2 + 4}
                fontSize={12}
                fontWeight={isToday ? 600 : 400}
                fill={isToday ? 'var(--ink)' : 'var(--muted)'}
              >
                {weekdayOf(day.day)} {formatDay(`${day.day}T00:00:00Z`)}
              </text>
              {day.pieces.map((piece) => (
                <Piece
                  key={`${piece.occurrence.windowId} ${piece.start}`}
                  piece={piece}
                  of={{ top, row, hatch, left, dense, lanes: lanesOf(day) }}
                />
              ))}
              {isToday ? (
                <line
                  x1={left((now.getTime() - day.from.getTime()) / (day.to.getTime() - day.from.getTime()))}
                  x2={left((now.getTime() - day.from.getTime()) / (day.to.getTime() - day.from.getTime()))}
                  y1={top}
                  y2={top + row}
                  stroke="var(--accent)"
                  strokeWidth={2}
                />
              ) : null}
            </g>
          );
        })}
      </svg>
    </div>
  );
}

type PieceOf = {
  readonly top: number;
  readonly row: number;
  readonly hatch: string;
  readonly left: (share: number) => number;
  readonly dense: boolean;
  readonly lanes: number;
};

function Piece({ piece, of }: { readonly piece: CalendarPiece; readonly of: PieceOf }) {
  const { occurrence, start, end, lane } = piece;
  const isFreeze = occurrence.kind === 'freeze';
  const height = (of.row - 4) / of.lanes;
  const x = of.left(start);
  const width = of.left(end) - x;
  const y = of.top + 2 + lane * height;
  const letters = Math.floor((width - 8) / 7);
  return (
    <g>
      <title>{`${occurrence.name}, ${isFreeze ? 'freeze' : 'window'}: ${occurrence.from} to ${occurrence.to}`}</title>
      <rect
        x={x}
        y={y}
        width={Math.max(width, 2)}
        height={height - 1}
        rx={2}
        fill={isFreeze ? `url(#${of.hatch})` : 'var(--accent-soft)'}
        stroke={isFreeze ? 'var(--ink)' : 'var(--accent)'}
        strokeDasharray={isFreeze ? '3 2' : undefined}
        strokeWidth={1}
      />
      {of.dense || height < 14 || letters < 4 ? null : (
        <text
          x={x + 5}
          y={y + height / 2 + 3.5}
          fontSize={12}
          fill="var(--ink)"
          {...(isFreeze ? { stroke: 'var(--surface)', strokeWidth: 3, paintOrder: 'stroke' } : {})}
        >
          {occurrence.name.length > letters ? `${occurrence.name.slice(0, letters - 1)}…` : occurrence.name}
        </text>
      )}
    </g>
  );
}

function lanesOf(day: CalendarDay): number {
  return Math.max(1, ...day.pieces.map((piece) => piece.lane + 1));
}

function weekdayOf(day: string): string {
  return ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(`${day}T00:00:00Z`).getUTCDay()] ?? '';
}

'use client';

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { countOf, formatCount, formatSpan } from '@/components/ui/data/format';
import { formatInstant } from '@/components/ui/data/format-time';
import { DAY_MS } from '@/lib/kernel/instant';
import type { SessionDetailDto } from '@/lib/sessions/contract';
import { ChartFrame } from './chart-frame';
import { axisStyle, timeTicks } from './chart-parts';
import { ChartTip } from './chart-tip';

type Step = { readonly at: number; readonly end: number; readonly count: number };

/** How fast a session went: its records per step of time, from the first to the last. */
export function PaceChart({ session }: { readonly session: Pick<SessionDetailDto, 'pace' | 'firstAt'> }) {
  const { stepSeconds, counts } = session.pace;
  const width = stepSeconds * 1000;
  const from = Date.parse(session.firstAt);
  const rows: Step[] = counts.map((count, index) => ({
    at: from + index * width,
    end: from + (index + 1) * width,
    count,
  }));
  // One bar is no course of time, and the count stands in words above.
  if (rows.length < 2) return null;
  const to = from + rows.length * width;
  const step = formatSpan(width);
  const clock = (value: number) => {
    const text = formatInstant(new Date(value));
    return to - from > DAY_MS ? text.slice(5, 16) : text.slice(11, width < 60_000 ? 19 : 16);
  };
  return (
    <ChartFrame
      name={`Records per ${step}, UTC`}
      height={130}
      rows={rows.filter((row) => row.count > 0)}
      keyOf={(row) => String(row.at)}
      columns={[
        {
          header: 'From (UTC)',
          cell: (row) => <span className="font-mono">{formatInstant(new Date(row.at))}</span>,
        },
        { header: 'Records', cell: (row) => formatCount(row.count), numeric: true },
      ]}
      note={`records per ${step}`}
    >
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          data={rows.map((row) => ({ ...row, middle: (row.at + row.end) / 2 }))}
          margin={{ top: 8, right: 8, bottom: 14, left: 0 }}
        >
          <CartesianGrid vertical={false} stroke="var(--line)" />
          <XAxis
            dataKey="middle"
            type="number"
            scale="utc"
            domain={[from, to]}
            ticks={timeTicks(from, to, 6)}
            tickFormatter={clock}
            {...axisStyle}
            label={{ value: 'time, UTC', position: 'insideBottom', offset: -10, ...axisStyle.tick }}
          />
          <YAxis width={44} allowDecimals={false} tickCount={3} {...axisStyle} />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)' }}
            content={({ active, payload }) => {
              const row: Step | undefined = payload?.[0]?.payload;
              return active && row !== undefined ? (
                <ChartTip title={`${clock(row.at)} to ${clock(row.end)}`}>
                  <p>{countOf(row.count, 'record')}</p>
                </ChartTip>
              ) : null;
            }}
          />
          <Bar dataKey="count" fill="var(--accent)" isAnimationActive={false} maxBarSize={48} />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

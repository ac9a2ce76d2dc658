'use client';

import Link from 'next/link';
import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { countOf, formatCount } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { Range } from '@/components/url/period';
import type { MoveSummaryDto } from '@/lib/divisions/contract';
import { DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { ChartFrame } from './chart-frame';
import { axisStyle, timeTicks } from './chart-parts';
import { ChartTip } from './chart-tip';

type MovesChartProps = {
  readonly series: MoveSummaryDto['series'];
  readonly range: Range;
  /** Address of the moves of one bucket. */
  readonly hrefOf: (from: string, to: string) => string;
};
type Plotted = {
  readonly at: number;
  readonly end: number;
  readonly plain: number;
  readonly flagged: number;
};

/** Moves per bucket; the part that carries a flag stands at the foot of its bar, darker. */
export function MovesChart({ series, range, hrefOf }: MovesChartProps) {
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const step = stepOf(series, to - from);
  const unit = step >= 7 * DAY_MS ? 'week' : step >= DAY_MS ? 'day' : 'hour';
  const rows: Plotted[] = series.map((one) => {
    const at = Date.parse(one.at);
    return { at, end: at + step, plain: one.count - one.flagged, flagged: one.flagged };
  });
  return (
    <ChartFrame
      name={`Division moves per ${unit}, UTC`}
      height={190}
      rows={rows}
      keyOf={(row) => String(row.at)}
      columns={[
        {
          header: `${unit} from (UTC)`,
          cell: (row) => (
            <Link className="door font-mono" href={hrefOf(toIso(new Date(row.at)), toIso(new Date(row.end)))}>
              {formatInstant(new Date(row.at), 'UTC', 'minute')}
            </Link>
          ),
        },
        { header: 'Moves', cell: (row) => formatCount(row.plain + row.flagged), numeric: true },
        { header: 'Flagged', cell: (row) => formatCount(row.flagged), numeric: true },
      ]}
      note={
        <>
          <span aria-hidden className="inline-block size-2 bg-outside" /> self, across regions, into
          restricted, flagged address or never audited ·{' '}
          <span aria-hidden className="inline-block size-2 bg-line-strong" /> other moves
        </>
      }
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
            tickFormatter={(value: number) =>
              unit === 'hour' ? formatInstant(new Date(value)).slice(11, 16) : formatDay(new Date(value))
            }
            {...axisStyle}
            label={{
              value: unit === 'hour' ? 'hour, UTC' : 'day, UTC',
              position: 'insideBottom',
              offset: -10,
              ...axisStyle.tick,
            }}
          />
          <YAxis
            width={44}
            allowDecimals={false}
            tickCount={3}
            {...axisStyle}
            label={{ value: 'moves', angle: -90, position: 'insideLeft', offset: 10, ...axisStyle.tick }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)' }}
            content={({ active, payload }) => {
              const row: Plotted | undefined = payload?.[0]?.payload;
              return active && row !== undefined ? <BucketTip row={row} /> : null;
            }}
          />
          <Bar
            dataKey="flagged"
            stackId="moves"
            fill="var(--outside)"
            isAnimationActive={false}
            maxBarSize={22}
          />
          <Bar
            dataKey="plain"
            stackId="moves"
            fill="var(--line-strong)"
            isAnimationActive={false}
            maxBarSize={22}
          />
        </BarChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function BucketTip({ row }: { readonly row: Plotted }) {
  return (
    <ChartTip
      title={`${formatInstant(new Date(row.at), 'UTC', 'minute')} to ${formatInstant(new Date(row.end), 'UTC', 'minute')}`}
    >
      <p>
        {countOf(row.plain + row.flagged, 'move')}
        {row.flagged === 0 ? '' : `, ${formatCount(row.flagged)} flagged`}
      </p>
    </ChartTip>
  );
}

/** The width of a bucket: the distance of the first two, else what the period would be cut into. */
function stepOf(series: MoveSummaryDto['series'], span: number): number {
  const [first, second] = series;
  if (first !== undefined && second !== undefined) return Date.parse(second.at) - Date.parse(first.at);
  return span <= 2 * DAY_MS ? HOUR_MS : DAY_MS;
}

'use client';

import Link from 'next/link';
import { useId } from 'react';
import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { formatCount, formatRate } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { RatePointDto } from '@/lib/linking/contract';
import { type BlindSpan, blindHoursIn } from './blind-spans';
import { ChartFrame } from './chart-frame';
import { axisStyle, HatchDefs, timeTicks } from './chart-parts';
import { ChartTip } from './chart-tip';

type RateChartProps = {
  readonly series: readonly RatePointDto[];
  readonly bucket: 'hour' | 'day' | 'week' | 'month';
  readonly blind: readonly BlindSpan[];
  /** Address of the changes of one bucket. */
  readonly hrefOf: (point: RatePointDto) => string;
};

type Plotted = { readonly at: number; readonly percent: number | null; readonly point: RatePointDto };

/** The unlinked change rate as a line; where nothing changed there is no point, where nothing was seen the axis is hatched. */
export function RateChart({ series, bucket, blind, hrefOf }: RateChartProps) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`;
  const data: Plotted[] = series.map((point) => ({
    at: (Date.parse(point.from) + Date.parse(point.to)) / 2,
    percent: point.rate === null ? null : point.rate * 100,
    point,
  }));
  const from = Date.parse(series[0]?.from ?? '1970-01-01T00:00:00Z');
  const to = Date.parse(series.at(-1)?.to ?? '1970-01-01T00:00:00Z');
  const highest = Math.max(1, ...data.map((one) => one.percent ?? 0));
  const top = Math.min(100, Math.ceil((highest * 1.15) / 5) * 5 || 5);
  return (
    <ChartFrame
      name={`Unlinked change rate per ${bucket} in percent, UTC`}
      height={180}
      rows={series}
      keyOf={(point) => point.from}
      columns={[
        {
          header: `${bucket} from (UTC)`,
          cell: (point) => (
            <Link className="door font-mono" href={hrefOf(point)}>
              {formatInstant(point.from, 'UTC', 'minute')}
            </Link>
          ),
        },
        { header: 'Not linked', cell: (point) => formatCount(point.unlinked), numeric: true },
        { header: 'Changes', cell: (point) => formatCount(point.total), numeric: true },
        { header: 'Rate', cell: (point) => formatRate(point.rate), numeric: true },
        {
          header: 'Hours not seen',
          cell: (point) => formatCount(blindHoursIn(blind, Date.parse(point.from), Date.parse(point.to))),
          numeric: true,
        },
      ]}
      note={blind.length === 0 ? undefined : 'Hatched: hours that were not seen'}
    >
      <ResponsiveContainer width="100%" height="100%">
        <LineChart data={data} margin={{ top: 12, right: 44, bottom: 14, left: 4 }}>
          <HatchDefs id={hatch} />
          <CartesianGrid vertical={false} stroke="var(--line)" />
          {blind.map((span) => (
            <ReferenceArea
              key={span.from}
              x1={Math.max(span.from, from)}
              x2={Math.min(Math.max(span.to, span.from + (to - from) / 200), to)}
              y1={0}
              y2={top}
              fill={`url(#${hatch})`}
              fillOpacity={1}
              ifOverflow="hidden"
            />
          ))}
          <XAxis
            dataKey="at"
            type="number"
            scale="utc"
            domain={[from, to]}
            ticks={timeTicks(from, to)}
            tickFormatter={(value: number) =>
              bucket === 'hour' ? formatInstant(new Date(value)).slice(11, 16) : formatDay(new Date(value))
            }
            {...axisStyle}
            label={{
              value: bucket === 'hour' ? 'hour, UTC' : 'day, UTC',
              position: 'insideBottom',
              offset: -10,
              ...axisStyle.tick,
            }}
          />
          <YAxis
            domain={[0, top]}
            width={48}
            tickCount={3}
            tickFormatter={(value: number) => `${value} %`}
            {...axisStyle}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ stroke: 'var(--line-strong)' }}
            content={({ active, payload }) => {
              const plotted: Plotted | undefined = payload?.[0]?.payload;
              if (!active || plotted === undefined) return null;
              return <PointTip point={plotted.point} blind={blind} />;
            }}
          />
          <Line
            dataKey="percent"
            type="linear"
            stroke="var(--unlinked)"
            strokeWidth={1.75}
            dot={{ r: 1.75, fill: 'var(--unlinked)', strokeWidth: 0 }}
            activeDot={{ r: 3.5 }}
            isAnimationActive={false}
            connectNulls={false}
            label={(given: { index?: number; x?: number | string; y?: number | string }) => (
              <LastLabel index={given.index ?? -1} x={Number(given.x)} y={Number(given.y)} data={data} />
            )}
          />
        </LineChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function PointTip({ point, blind }: { readonly point: RatePointDto; readonly blind: readonly BlindSpan[] }) {
  const hours = blindHoursIn(blind, Date.parse(point.from), Date.parse(point.to));
  return (
    <ChartTip
      title={`${formatInstant(point.from, 'UTC', 'minute')} to ${formatInstant(point.to, 'UTC', 'minute')}`}
    >
      <p>
        {formatRate(point.rate)}
        {point.rate === null
          ? null
          : `: ${formatCount(point.unlinked)} of ${formatCount(point.total)} not linked`}
      </p>
      {hours > 0 ? <p className="text-unlinked">{formatCount(hours)} h not seen</p> : null}
    </ChartTip>
  );
}

/** The newest value stands beside its point, so that the line needs no legend. */
function LastLabel({
  index,
  x,
  y,
  data,
}: {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly data: readonly Plotted[];
}) {
  const last = data.findLastIndex((one) => one.percent !== null);
  if (index !== last || Number.isNaN(x) || Number.isNaN(y)) return null;
  return (
    <text x={x + 6} y={y + 4} fontSize={12} fill="var(--unlinked)">
      {formatRate(data[last]?.point.rate ?? null)}
    </text>
  );
}

'use client';

import Link from 'next/link';
import { useId } from 'react';
import {
  Bar,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { LINKAGE_WORDS } from '@/components/tally/words';
import { formatCount, formatRate } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { Bucket } from '@/lib/kernel/words';
import type { RatePointDto } from '@/lib/linking/contract';
import { type BlindSpan, blindHoursIn } from './blind-spans';
import { ChartFrame } from './chart-frame';
import { axisStyle, HatchDefs, timeTicks } from './chart-parts';
import { ChartTip } from './chart-tip';

/** From the foot of a bar to its top. */
const PARTS = [
  { name: 'unlinked', colour: 'var(--unlinked)' },
  { name: 'mismatch', colour: 'var(--mismatch)' },
  { name: 'outside_window', colour: 'var(--outside)' },
  { name: 'late_approval', colour: 'var(--late)' },
] as const;
type Part = (typeof PARTS)[number]['name'];

type RatePartsChartProps = {
  readonly series: readonly RatePointDto[];
  readonly bucket: Bucket;
  readonly blind: readonly BlindSpan[];
  /** Address of the rows behind one figure of one bucket. */
  readonly hrefOf: (point: RatePointDto, figure: Part | 'all' | 'not_linked' | 'bypass') => string;
  readonly onOpen: (address: string) => void;
};

type Plotted = Record<Part, number> & {
  readonly at: number;
  readonly bypasses: number;
  readonly point: RatePointDto;
};

/** What was not linked, stacked by its kind, and what went past the pipeline as a line of its own. A bar opens its rows. */
export function RatePartsChart({ series, bucket, blind, hrefOf, onOpen }: RatePartsChartProps) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`;
  const data = series.map(plotted);
  const from = Date.parse(series[0]?.from ?? '1970-01-01T00:00:00Z');
  const to = Date.parse(series.at(-1)?.to ?? '1970-01-01T00:00:00Z');
  const anyBypass = data.some((one) => one.bypasses > 0);
  return (
    <ChartFrame
      name={`Changes that are not linked per ${bucket}, by kind, UTC`}
      height={230}
      rows={series}
      keyOf={(point) => point.from}
      columns={[
        {
          header: `${bucket} from (UTC)`,
          cell: (point) => (
            <Link className="door font-mono" href={hrefOf(point, 'all')}>
              {formatInstant(point.from, 'UTC', 'minute')}
            </Link>
          ),
        },
        ...PARTS.map(({ name }) => ({
          header: LINKAGE_WORDS[name],
          cell: (point: RatePointDto) => doorOr(point.counts[name], hrefOf(point, name)),
          numeric: true,
        })),
        {
          header: 'Past the pipeline',
          cell: (point) => doorOr(point.bypasses, hrefOf(point, 'bypass')),
          numeric: true,
        },
        {
          header: 'Not linked',
          cell: (point) => doorOr(point.unlinked, hrefOf(point, 'not_linked')),
          numeric: true,
        },
        { header: 'Changes', cell: (point) => doorOr(point.total, hrefOf(point, 'all')), numeric: true },
        { header: 'Rate', cell: (point) => formatRate(point.rate), numeric: true },
        {
          header: 'Hours not seen',
          cell: (point) => formatCount(blindHoursIn(blind, Date.parse(point.from), Date.parse(point.to))),
          numeric: true,
        },
      ]}
      note={<Legend anyBypass={anyBypass} blind={blind.length > 0} />}
    >
      <ResponsiveContainer width="100%" height="100%">
        <ComposedChart data={data} margin={{ top: 10, right: 10, bottom: 14, left: 4 }}>
          <HatchDefs id={hatch} />
          <CartesianGrid vertical={false} stroke="var(--line)" />
          {blind.map((span) => (
            <ReferenceArea
              key={span.from}
              x1={Math.max(span.from, from)}
              x2={Math.min(Math.max(span.to, span.from + (to - from) / 200), to)}
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
            width={48}
            allowDecimals={false}
            tickCount={4}
            {...axisStyle}
            label={{ value: 'changes', angle: -90, position: 'insideLeft', offset: 8, ...axisStyle.tick }}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={{ fill: 'var(--sunken)' }}
            content={({ active, payload }) => {
              const one: Plotted | undefined = payload?.[0]?.payload;
              return active && one !== undefined ? <PointTip point={one.point} blind={blind} /> : null;
            }}
          />
          {PARTS.map(({ name, colour }) => (
            <Bar
              key={name}
              dataKey={name}
              stackId="parts"
              fill={colour}
              stroke="var(--paper)"
              strokeWidth={0.75}
              isAnimationActive={false}
              maxBarSize={26}
              className="cursor-pointer"
              onClick={(bar: { payload?: Plotted }) => {
                if (bar.payload !== undefined) onOpen(hrefOf(bar.payload.point, name));
              }}
            />
          ))}
          {anyBypass ? (
            <Line
              dataKey="bypasses"
              type="linear"
              stroke="var(--ink)"
              strokeWidth={1.5}
              strokeDasharray="4 3"
              dot={false}
              isAnimationActive={false}
            />
          ) : null}
        </ComposedChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function plotted(point: RatePointDto): Plotted {
  const { unlinked, mismatch, outside_window, late_approval } = point.counts;
  return {
    at: (Date.parse(point.from) + Date.parse(point.to)) / 2,
    unlinked,
    mismatch,
    outside_window,
    late_approval,
    bypasses: point.bypasses,
    point,
  };
}

function doorOr(count: number, href: string) {
  if (count === 0) return formatCount(0);
  return (
    <Link className="door" href={href}>
      {formatCount(count)}
    </Link>
  );
}

function Legend({ anyBypass, blind }: { readonly anyBypass: boolean; readonly blind: boolean }) {
  return (
    <span className="inline-flex flex-wrap gap-x-3">
      {PARTS.map(({ name, colour }) => (
        <span key={name}>
          <span aria-hidden className="inline-block size-2" style={{ background: colour }} />{' '}
          {LINKAGE_WORDS[name]}
        </span>
      ))}
      {anyBypass ? <span>- - past the pipeline, among them</span> : null}
      {blind ? <span>hatched: not seen</span> : null}
    </span>
  );
}

function PointTip({ point, blind }: { readonly point: RatePointDto; readonly blind: readonly BlindSpan[] }) {
  const hours = blindHoursIn(blind, Date.parse(point.from), Date.parse(point.to));
  const parts = PARTS.filter(({ name }) => point.counts[name] > 0);
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
      {parts.map(({ name }) => (
        <p key={name}>
          {LINKAGE_WORDS[name]} {formatCount(point.counts[name])}
        </p>
      ))}
      {point.bypasses > 0 ? <p>Past the pipeline {formatCount(point.bypasses)}</p> : null}
      {hours > 0 ? <p className="text-unlinked">{formatCount(hours)} h not seen</p> : null}
    </ChartTip>
  );
}

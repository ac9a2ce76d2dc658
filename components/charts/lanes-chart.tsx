'use client';

import Link from 'next/link';
import { useId } from 'react';
import {
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { RISK_WORDS } from '@/components/tally/words';
import { formatCount } from '@/components/ui/data/format';
import { formatDay, formatInstant } from '@/components/ui/data/format-time';
import type { Range } from '@/components/url/period';
import type { ChangeDto } from '@/lib/changes/contract';
import { HOUR_MS } from '@/lib/kernel/instant';
import type { BlindSpan } from './blind-spans';
import { ChartFrame } from './chart-frame';
import { axisStyle, HatchDefs, timeTicks } from './chart-parts';
import { ChartTip } from './chart-tip';
import { type LaneMark, laneMarks } from './lane-marks';
import { MarkShapeDrawing } from './mark-shape';

const LANES = { planned: 3, not_applicable: 2, ad_hoc: 1 } as const;
const LANE_WORDS = { planned: 'planned', not_applicable: 'not counted', ad_hoc: 'ad-hoc' } as const;
/** Marks per lane before they are grouped. */
const COLUMNS = 40;

type LanesChartProps = {
  readonly changes: readonly ChangeDto[];
  readonly range: Range;
  readonly blind: readonly BlindSpan[];
  readonly note?: string | undefined;
  readonly hrefOf: (change: ChangeDto) => string;
};

/** A small timeline: planned above, ad-hoc below; shape says the action, colour repeats the risk, hatching says blind. */
export function LanesChart({ changes, range, blind, note, hrefOf }: LanesChartProps) {
  const hatch = `hatch-${useId().replaceAll(':', '')}`;
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const marks = laneMarks(changes, from, to, COLUMNS);
  const hours = to - from <= 48 * HOUR_MS;
  return (
    <ChartFrame
      name="High-risk changes over time, planned above and ad-hoc below, UTC"
      height={132}
      rows={changes}
      keyOf={(change) => change.id}
      columns={[
        {
          header: 'When (UTC)',
          cell: (change) => (
            <span className="font-mono whitespace-nowrap">{formatInstant(change.eventDate)}</span>
          ),
        },
        {
          header: 'What happened',
          cell: (change) => (
            <Link className="door" dir="auto" href={hrefOf(change)}>
              {change.sentence}
            </Link>
          ),
        },
        { header: 'Risk', cell: (change) => RISK_WORDS[change.risk.level] },
        {
          header: 'Lane',
          cell: (change) =>
            change.planning === 'ad_hoc'
              ? 'ad-hoc'
              : change.planning === 'not_applicable'
                ? 'not counted'
                : 'planned',
        },
      ]}
      note={
        <>
          ● created ◆ changed ▼ removed ■ granted{blind.length === 0 ? '' : ' · hatched: not seen'}
          {note === undefined ? '' : ` · ${note}`}
        </>
      }
    >
      <ResponsiveContainer width="100%" height="100%">
        <ScatterChart margin={{ top: 6, right: 12, bottom: 14, left: 4 }}>
          <HatchDefs id={hatch} />
          {blind.map((span) => (
            <ReferenceArea
              key={span.from}
              x1={Math.max(span.from, from)}
              x2={Math.min(Math.max(span.to, span.from + (to - from) / 200), to)}
              y1={0.4}
              y2={3.6}
              fill={`url(#${hatch})`}
              fillOpacity={1}
              ifOverflow="hidden"
            />
          ))}
          <ReferenceLine y={2} stroke="var(--line-strong)" />
          <XAxis
            dataKey="at"
            type="number"
            scale="utc"
            domain={[from, to]}
            ticks={timeTicks(from, to)}
            tickFormatter={(value: number) =>
              hours ? formatInstant(new Date(value)).slice(11, 16) : formatDay(new Date(value))
            }
            {...axisStyle}
            label={{
              value: hours ? 'hour, UTC' : 'day, UTC',
              position: 'insideBottom',
              offset: -10,
              ...axisStyle.tick,
            }}
          />
          <YAxis
            dataKey="y"
            type="number"
            domain={[0.4, 3.6]}
            ticks={marks.some((mark) => mark.lane === 'not_applicable') ? [1, 2, 3] : [1, 3]}
            width={84}
            tickFormatter={(value: number) =>
              value === 3 ? 'planned' : value === 2 ? 'not counted' : 'ad-hoc'
            }
            {...axisStyle}
            axisLine={false}
          />
          <Tooltip
            isAnimationActive={false}
            cursor={false}
            content={({ active, payload }) => {
              const mark: LaneMark | undefined = payload?.[0]?.payload;
              return active && mark !== undefined ? <MarkTip mark={mark} /> : null;
            }}
          />
          <Scatter
            data={marks.map((mark) => ({ ...mark, y: LANES[mark.lane] }))}
            isAnimationActive={false}
            shape={(given: { cx?: number; cy?: number; payload?: LaneMark }) =>
              given.payload === undefined ? (
                <g />
              ) : (
                <MarkShapeDrawing x={given.cx ?? 0} y={given.cy ?? 0} mark={given.payload} />
              )
            }
          />
        </ScatterChart>
      </ResponsiveContainer>
    </ChartFrame>
  );
}

function MarkTip({ mark }: { readonly mark: LaneMark }) {
  return (
    <ChartTip title={formatInstant(new Date(mark.at), 'UTC', 'minute')}>
      <p className="max-w-80">{mark.sentence}</p>
      <p className="text-muted">
        {RISK_WORDS[mark.risk]}, {LANE_WORDS[mark.lane]}
        {mark.count === 1 ? '' : `, and ${formatCount(mark.count - 1)} more here`}
      </p>
    </ChartTip>
  );
}

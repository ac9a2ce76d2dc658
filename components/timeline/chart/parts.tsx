import { memo } from 'react';
import { classes } from '@/components/ui/classes';
import { formatCount } from '@/components/ui/data/format';
import type { TimelineGapDto, TimelineSpanDto } from '@/lib/changes/contract/timeline';
import type { ChartFrame } from '../geometry/frame';
import type { Scale, Tick } from '../geometry/scale';

export type PatternIds = { readonly gap: string; readonly freeze: string };

/** Hatches: what was not seen, and when nothing was to be changed. They run against each other, so that they differ without colour. */
export function Patterns({ ids }: { readonly ids: PatternIds }) {
  return (
    <defs>
      <pattern id={ids.gap} width={6} height={6} patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
        <rect width={6} height={6} className="fill-bad-soft forced-colors:fill-[Canvas]" />
        <line
          x1={0}
          y1={0}
          x2={0}
          y2={6}
          strokeWidth={2.4}
          className="stroke-unlinked forced-colors:stroke-[CanvasText]"
        />
      </pattern>
      <pattern
        id={ids.freeze}
        width={9}
        height={9}
        patternUnits="userSpaceOnUse"
        patternTransform="rotate(-45)"
      >
        <line
          x1={0}
          y1={0}
          x2={0}
          y2={9}
          strokeWidth={1.6}
          className="stroke-accent/35 forced-colors:stroke-[CanvasText]"
        />
      </pattern>
    </defs>
  );
}

type BandsProps = {
  readonly spans: readonly TimelineSpanDto[];
  readonly gaps: readonly TimelineGapDto[];
  readonly scale: Scale;
  readonly frame: ChartFrame;
  readonly ids: PatternIds;
};

/** What lies behind the marks: approved windows shaded, freezes hatched, hours that were not seen veiled. */
export const Bands = memo(function Bands({ spans, gaps, scale, frame, ids }: BandsProps) {
  const height = frame.bottom - frame.top;
  return (
    <g aria-hidden>
      {pieces(spans, scale).map(({ one, x, width }) => (
        <g key={`${one.id} ${one.from}`}>
          <rect
            x={x}
            y={frame.top}
            width={width}
            height={height}
            className={
              one.kind === 'window'
                ? 'fill-linked/10 forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText]'
                : undefined
            }
            fill={one.kind === 'freeze' ? `url(#${ids.freeze})` : undefined}
          />
          <rect
            x={x}
            y={frame.top}
            width={width}
            height={2.5}
            className={one.kind === 'window' ? 'fill-linked' : 'fill-accent'}
          />
          {width > 46 && !frame.narrow ? (
            <text
              x={x + 3}
              y={frame.top - 6}
              fontSize={12}
              className={one.kind === 'window' ? 'fill-linked' : 'fill-accent'}
            >
              {cut(`${one.kind === 'freeze' ? 'Freeze: ' : ''}${one.name}`, width)}
            </text>
          ) : null}
        </g>
      ))}
      {pieces(gaps, scale).map(({ one, x, width }) => (
        <rect
          key={one.from}
          x={x}
          y={frame.top}
          width={width}
          height={height}
          className="fill-bad-soft/70 stroke-unlinked/40 forced-colors:fill-[Canvas]"
          strokeDasharray="2 3"
        />
      ))}
    </g>
  );
});

type AxisProps = {
  readonly frame: ChartFrame;
  readonly scale: Scale;
  readonly ticks: readonly Tick[];
  readonly gaps: readonly TimelineGapDto[];
  readonly ids: PatternIds;
};

/** The band between the lanes: a thin line where the source was read, a hatched cell where it was not, and the clock. */
export const Axis = memo(function Axis({ frame, scale, ticks, gaps, ids }: AxisProps) {
  const { left, plot, axisTop, axisBottom } = frame;
  return (
    <g aria-hidden>
      <rect x={left} y={axisTop} width={plot} height={axisBottom - axisTop} className="fill-paper" />
      <line x1={left} x2={left + plot} y1={axisTop} y2={axisTop} className="stroke-line-strong" />
      <line x1={left} x2={left + plot} y1={axisBottom} y2={axisBottom} className="stroke-line-strong" />
      {ticks.map((tick) => (
        <g key={tick.at}>
          <line
            x1={scale.x(tick.at)}
            x2={scale.x(tick.at)}
            y1={axisBottom - 5}
            y2={axisBottom}
            className="stroke-line-strong"
          />
          <text
            x={scale.x(tick.at)}
            y={axisBottom - 9}
            fontSize={12}
            textAnchor={anchorOf(scale.x(tick.at), frame)}
            className={classes('font-sans', tick.major ? 'fill-ink font-semibold' : 'fill-muted')}
          >
            {tick.label}
          </text>
        </g>
      ))}
      <rect x={left} y={axisTop + 3.5} width={plot} height={2} className="fill-line" />
      {pieces(gaps, scale).map(({ one, x, width }) => (
        <g key={one.from}>
          <rect
            x={x}
            y={axisTop + 1}
            width={width}
            height={9}
            fill={`url(#${ids.gap})`}
            className="stroke-unlinked forced-colors:stroke-[CanvasText]"
          />
          {width > 96 ? (
            <text
              x={x + width / 2}
              y={axisTop - 6}
              textAnchor="middle"
              fontSize={12}
              className="fill-unlinked"
            >
              {`${formatCount(one.hours)} h not collected`}
            </text>
          ) : null}
        </g>
      ))}
    </g>
  );
});

/** Lines under the marks at each tick; major ones a little stronger. */
export const Grid = memo(function Grid({
  frame,
  scale,
  ticks,
}: Pick<AxisProps, 'frame' | 'scale' | 'ticks'>) {
  return (
    <g aria-hidden>
      {ticks.map((tick) => (
        <line
          key={tick.at}
          x1={scale.x(tick.at)}
          x2={scale.x(tick.at)}
          y1={frame.top}
          y2={frame.bottom}
          className={tick.major ? 'stroke-line-strong/50' : 'stroke-line/70'}
        />
      ))}
    </g>
  );
});

type Timed = { readonly from: string; readonly to: string };

/** The parts of spans that are in sight, each at least two pixels wide: what is short is not nothing. */
function pieces<T extends Timed>(spans: readonly T[], scale: Scale): { one: T; x: number; width: number }[] {
  const { extent } = scale;
  return spans.flatMap((one) => {
    const from = Math.max(Date.parse(one.from), extent.from);
    const to = Math.min(Date.parse(one.to), extent.to);
    return from >= to ? [] : [{ one, x: scale.x(from), width: Math.max(2, scale.x(to) - scale.x(from)) }];
  });
}

/** Labels at the ends stay inside the picture. */
function anchorOf(x: number, frame: ChartFrame): 'start' | 'middle' | 'end' {
  if (x < frame.left + 18) return 'start';
  return x > frame.left + frame.plot - 18 ? 'end' : 'middle';
}

function cut(text: string, width: number): string {
  const room = Math.floor(width / 6.6);
  return text.length <= room ? text : `${text.slice(0, Math.max(1, room - 1))}…`;
}

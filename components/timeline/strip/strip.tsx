'use client';

import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import { formatCount } from '@/components/ui/data/format';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import { type Extent, lengthOf, panned, yearAround, zoomAround } from '../geometry/extent';
import { type Scale, scaleOf, ticksOf } from '../geometry/scale';
import { useWidth } from '../hooks/use-width';
import { extentWords } from '../words';

type StripProps = {
  readonly data: TimelineDto | undefined;
  readonly extent: Extent;
  readonly move: (next: Extent) => void;
  readonly go: (next: Extent) => void;
};

const HEIGHT = 58;
const AXIS = 16;
const EDGE = 9;
const SHORTEST_SHARE = 0.004;

type Hold = { readonly x: number; readonly extent: Extent; readonly part: 'whole' | 'from' | 'to' };

/** The whole year in small, with what is in sight as a frame one can drag, widen and walk with keys. */
export function Strip({ data, extent, move, go }: StripProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const year = useMemo(
    () =>
      data === undefined
        ? yearAround(extent, Date.now())
        : { from: Date.parse(data.from), to: Date.parse(data.to) },
    [data, extent],
  );
  return (
    <div ref={box} className="relative mt-2" style={{ minHeight: HEIGHT }}>
      {width === null ? null : (
        <StripPicture
          data={data}
          scale={scaleOf(year, 0, width)}
          width={width}
          extent={extent}
          move={move}
          go={go}
        />
      )}
    </div>
  );
}

function StripPicture({
  data,
  scale,
  width,
  extent,
  move,
  go,
}: StripProps & { readonly scale: Scale; readonly width: number }) {
  const hold = useRef<Hold | null>(null);
  const from = Math.max(0, scale.x(extent.from));
  const to = Math.min(width, scale.x(extent.to));
  const least = Math.max(8, to - from);
  const left = Math.min(from, width - least);
  const xOf = (event: PointerEvent) => event.clientX - event.currentTarget.getBoundingClientRect().left;

  const onPointerDown = (event: PointerEvent<SVGSVGElement>) => {
    if (event.button !== 0) return;
    const x = xOf(event);
    event.currentTarget.setPointerCapture(event.pointerId);
    const wide = to - from > 4 * EDGE;
    if (wide && Math.abs(x - from) < EDGE) hold.current = { x, extent, part: 'from' };
    else if (wide && Math.abs(x - to) < EDGE) hold.current = { x, extent, part: 'to' };
    else if (x >= left - EDGE && x <= left + least + EDGE) hold.current = { x, extent, part: 'whole' };
    else {
      const next = panned(extent, scale.at(x) - (extent.from + extent.to) / 2, Date.now());
      hold.current = { x, extent: next, part: 'whole' };
      move(next);
    }
  };
  const onPointerMove = (event: PointerEvent<SVGSVGElement>) => {
    const held = hold.current;
    if (held === null) return;
    const by = ((xOf(event) - held.x) / width) * lengthOf(scale.extent);
    const least = lengthOf(scale.extent) * SHORTEST_SHARE;
    if (held.part === 'whole') move(panned(held.extent, by, Date.now()));
    else if (held.part === 'from')
      move({ ...held.extent, from: Math.min(held.extent.from + by, held.extent.to - least) });
    else move({ ...held.extent, to: Math.max(held.extent.to + by, held.extent.from + least) });
  };
  const end = () => {
    hold.current = null;
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowLeft: -0.25, ArrowRight: 0.25, PageUp: -1, PageDown: 1 }[event.key];
    const factor = { '+': 0.5, '=': 0.5, '-': 2 }[event.key];
    if (by === undefined && factor === undefined) return;
    event.preventDefault();
    if (by !== undefined) go(panned(extent, by * lengthOf(extent), Date.now()));
    if (factor !== undefined) go(zoomAround(extent, (extent.from + extent.to) / 2, factor, Date.now()));
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be an SVG; the frame inside is the control
    <svg
      width={width}
      height={HEIGHT}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={end}
      onPointerCancel={end}
      className="block touch-none overflow-visible select-none"
      role="group"
      aria-label="The whole year"
    >
      <Bars data={data} scale={scale} />
      <g
        role="slider"
        tabIndex={0}
        aria-label="Period in sight"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(
          Math.min(
            100,
            Math.max(0, (((extent.from + extent.to) / 2 - scale.extent.from) / lengthOf(scale.extent)) * 100),
          ),
        )}
        aria-valuetext={extentWords(extent)}
        onKeyDown={onKeyDown}
        className="group cursor-grab outline-none active:cursor-grabbing"
      >
        <rect x={0} y={0} width={Math.max(0, left)} height={HEIGHT - AXIS} className="fill-paper/65" />
        <rect
          x={left + least}
          y={0}
          width={Math.max(0, width - left - least)}
          height={HEIGHT - AXIS}
          className="fill-paper/65"
        />
        <rect
          x={left}
          y={0.75}
          width={least}
          height={HEIGHT - AXIS - 1.5}
          rx={3}
          className="fill-accent/8 stroke-accent stroke-[1.5] group-focus-visible:stroke-[3] forced-colors:stroke-[Highlight]"
        />
        {least > 24
          ? [left, left + least].map((x, index) => (
              <rect
                key={index === 0 ? 'from' : 'to'}
                x={x - 2.5}
                y={(HEIGHT - AXIS) / 2 - 8}
                width={5}
                height={16}
                rx={2.5}
                className="cursor-ew-resize fill-accent forced-colors:fill-[Highlight]"
              />
            ))
          : null}
      </g>
    </svg>
  );
}

/** Planned up, ad-hoc down, a bar a day; what is critical stands solid at the middle line. */
function Bars({ data, scale }: { readonly data: TimelineDto | undefined; readonly scale: Scale }) {
  const ticks = ticksOf(scale, 64);
  const middle = (HEIGHT - AXIS) / 2;
  const most = (data?.bins ?? []).reduce((max, bin) => Math.max(max, bin.count), 1);
  // By the root: one busy day would make all others look empty.
  const height = (n: number) => (n === 0 ? 0 : Math.max(1.5, Math.sqrt(n / most) * (middle - 3)));
  return (
    <g aria-hidden>
      <title>{`${formatCount(data?.total ?? 0)} high-risk changes in the year`}</title>
      <rect width={scale.width} height={HEIGHT - AXIS} className="fill-sunken" rx={3} />
      <line x1={0} x2={scale.width} y1={middle} y2={middle} className="stroke-line-strong/60" />
      {(data?.gaps ?? []).map((gap) => (
        <rect
          key={gap.from}
          x={scale.x(Date.parse(gap.from))}
          width={Math.max(1.5, scale.x(Date.parse(gap.to)) - scale.x(Date.parse(gap.from)))}
          y={middle - 2}
          height={4}
          className="fill-unlinked"
        />
      ))}
      {(data?.bins ?? []).map((bin) => {
        const x = scale.x(Date.parse(bin.from));
        const wide = Math.max(1, scale.x(Date.parse(bin.to)) - x - 0.5);
        const whole = height(bin.count);
        const critical = whole * (bin.risk.critical / bin.count);
        const up = bin.lane === 'planned';
        return (
          <g key={`${bin.lane} ${bin.from}`}>
            <rect
              x={x}
              width={wide}
              y={up ? middle - whole : middle}
              height={whole}
              className="fill-outside/45"
            />
            {critical > 0 ? (
              <rect
                x={x}
                width={wide}
                y={up ? middle - critical : middle}
                height={critical}
                className="fill-unlinked"
              />
            ) : null}
          </g>
        );
      })}
      {ticks.map((tick) => (
        <text
          key={tick.at}
          x={scale.x(tick.at) + 3}
          y={HEIGHT - 3}
          fontSize={12}
          className={tick.major ? 'fill-ink font-semibold' : 'fill-muted'}
        >
          {scale.x(tick.at) > scale.width - 30 ? '' : tick.label}
        </text>
      ))}
      {ticks.map((tick) => (
        <line
          key={tick.at}
          x1={scale.x(tick.at)}
          x2={scale.x(tick.at)}
          y1={HEIGHT - AXIS}
          y2={HEIGHT - 2}
          className="stroke-line-strong"
        />
      ))}
    </g>
  );
}

'use client';

import { useEffect, useState } from 'react';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { type Extent, overlap } from '../geometry/extent';
import type { ChartFrame } from '../geometry/frame';
import type { Scale } from '../geometry/scale';

/** The selected stretch: clear inside, dimmed outside, an edge line at each end. */
export function BrushDrawing({
  brush,
  live,
  scale,
  frame,
}: {
  readonly brush: Extent | null;
  /** While it is being drawn its lines are stronger. */
  readonly live: boolean;
  readonly scale: Scale;
  readonly frame: ChartFrame;
}) {
  const seen = brush === null ? null : overlap(brush, scale.extent);
  if (seen === null) return null;
  const [x1, x2] = [scale.x(seen.from), scale.x(seen.to)];
  const right = frame.left + frame.plot;
  const [y, height] = [frame.top, frame.bottom - frame.top];
  return (
    <g aria-hidden className="pointer-events-none">
      <rect
        x={frame.left}
        y={y}
        width={Math.max(0, x1 - frame.left)}
        height={height}
        className="fill-paper/60"
      />
      <rect x={x2} y={y} width={Math.max(0, right - x2)} height={height} className="fill-paper/60" />
      <rect x={x1} y={y} width={Math.max(1, x2 - x1)} height={height} className="fill-accent/8" />
      {[x1, x2].map((x, index) => (
        <line
          key={index === 0 ? 'from' : 'to'}
          x1={x}
          x2={x}
          y1={y}
          y2={y + height}
          strokeWidth={live ? 2 : 1.5}
          className="stroke-accent forced-colors:stroke-[Highlight]"
        />
      ))}
    </g>
  );
}

/** Where time has come to; after it nothing can stand. */
export function NowLine({ scale, frame }: { readonly scale: Scale; readonly frame: ChartFrame }) {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS / 2);
    return () => clearInterval(timer);
  }, []);
  if (now === null || now <= scale.extent.from || now >= scale.extent.to) return null;
  const x = scale.x(now);
  const room = frame.left + frame.plot - x;
  return (
    <g aria-hidden className="pointer-events-none">
      <rect
        x={x}
        y={frame.top}
        width={Math.max(0, room)}
        height={frame.bottom - frame.top}
        className="fill-sunken/70"
      />
      <line x1={x} x2={x} y1={frame.top} y2={frame.bottom} strokeDasharray="4 3" className="stroke-ink" />
      <text
        x={room > 34 ? x + 4 : x}
        y={frame.top - 6}
        fontSize={12}
        textAnchor={room > 34 ? 'start' : 'end'}
        className="fill-ink font-sans font-medium"
      >
        now
      </text>
    </g>
  );
}

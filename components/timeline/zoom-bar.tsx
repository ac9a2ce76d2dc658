'use client';

import { ChevronLeft, ChevronRight, Minus, Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import { classes } from '@/components/ui/classes';
import {
  centredOn,
  type Extent,
  lengthOf,
  panned,
  resized,
  ZOOMS,
  zoomAround,
  zoomOf,
} from './geometry/extent';

type ZoomBarProps = {
  readonly extent: Extent;
  readonly brush: Extent | null;
  readonly go: (next: Extent) => void;
};

/** Lengths by name, steps in and out, and along. A selection is what one zooms to. */
export function ZoomBar({ extent, brush, go }: ZoomBarProps) {
  const middle = brush === null ? (extent.from + extent.to) / 2 : (brush.from + brush.to) / 2;
  const current = zoomOf(extent);
  const icon = (label: string, Icon: typeof Plus, next: () => Extent) => (
    <Button look="quiet" size="icon" aria-label={label} title={label} onClick={() => go(next())}>
      <Icon aria-hidden size={15} />
    </Button>
  );
  return (
    <div className="flex flex-wrap items-center gap-0.5 md:gap-1">
      {brush === null ? null : (
        <Button size="small" onClick={() => go(brush)}>
          Zoom to the selection
        </Button>
      )}
      {icon('Earlier', ChevronLeft, () => panned(extent, -lengthOf(extent) / 2, Date.now()))}
      <fieldset className="flex overflow-hidden rounded-md border border-line-strong/60">
        <legend className="sr-only">Length of the period</legend>
        {ZOOMS.map((zoom) => (
          <button
            key={zoom.id}
            type="button"
            aria-pressed={current === zoom.id}
            onClick={() =>
              go(
                brush === null
                  ? resized(extent, zoom.ms, Date.now())
                  : centredOn(middle, zoom.ms, Date.now()),
              )
            }
            className={classes(
              'h-8 border-l px-1.5 text-sm md:px-2.5 first:border-l-0 focus-visible:-outline-offset-2',
              current === zoom.id ? 'bg-accent-soft font-medium text-accent' : 'bg-surface hover:bg-sunken',
            )}
          >
            {zoom.word}
          </button>
        ))}
      </fieldset>
      {icon('Later', ChevronRight, () => panned(extent, lengthOf(extent) / 2, Date.now()))}
      {icon('Zoom in (+)', Plus, () => zoomAround(extent, middle, 0.5, Date.now()))}
      {icon('Zoom out (-)', Minus, () => zoomAround(extent, middle, 2, Date.now()))}
    </div>
  );
}

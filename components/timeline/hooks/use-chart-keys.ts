'use client';

import { type KeyboardEvent, useRef } from 'react';
import { type Extent, lengthOf, panned, zoomAround } from '../geometry/extent';
import { type ChartItem, neighbour } from '../geometry/items';
import { type Scale, selectionOf, selectStep } from '../geometry/scale';

type ChartKeys = {
  readonly items: readonly ChartItem[];
  readonly current: ChartItem | null;
  readonly scale: Scale;
  readonly brush: Extent | null;
  readonly onCurrent: (key: string) => void;
  readonly onOpen: (item: ChartItem) => void;
  readonly onBrush: (brush: Extent | null) => void;
  readonly go: (next: Extent) => void;
};

const MOVES = {
  ArrowRight: 'next',
  ArrowLeft: 'before',
  ArrowUp: 'up',
  ArrowDown: 'down',
  Home: 'first',
  End: 'last',
} as const;
/** Keys that press again and again should select in steps one can see. */
const STEPS_AT_ONCE = 2;

/** The keys of the chart: arrows walk the marks, with Shift they select time, plus and minus zoom, Enter opens. */
export function useChartKeys(keys: ChartKeys): (event: KeyboardEvent) => void {
  const anchor = useRef<{ from: number; head: number } | null>(null);
  return (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (handle(event.key, event.shiftKey, keys, anchor)) {
      event.preventDefault();
      event.stopPropagation();
    }
  };
}

function handle(
  key: string,
  shift: boolean,
  keys: ChartKeys,
  anchor: { current: { from: number; head: number } | null },
): boolean {
  const { items, current, scale, brush } = keys;
  const around = current?.at ?? (scale.extent.from + scale.extent.to) / 2;
  if (shift && (key === 'ArrowRight' || key === 'ArrowLeft')) {
    const step = selectStep(scale) * STEPS_AT_ONCE;
    const held = brush === null ? null : anchor.current;
    const from = held?.from ?? (brush === null ? around : key === 'ArrowRight' ? brush.from : brush.to);
    const before = held?.head ?? (brush === null ? around : key === 'ArrowRight' ? brush.to : brush.from);
    const head = before + (key === 'ArrowRight' ? step : -step);
    anchor.current = { from, head };
    keys.onBrush(selectionOf(from, head, selectStep(scale)));
    return true;
  }
  if (isMove(key)) {
    const next = neighbour(items, current?.key ?? null, MOVES[key]);
    if (next !== null) keys.onCurrent(next.key);
    return true;
  }
  switch (key) {
    case '+':
    case '=':
      keys.go(zoomAround(scale.extent, around, 0.5, Date.now()));
      return true;
    case '-':
    case '_':
      keys.go(zoomAround(scale.extent, around, 2, Date.now()));
      return true;
    case 'PageDown':
    case 'PageUp':
      keys.go(panned(scale.extent, lengthOf(scale.extent) * (key === 'PageDown' ? 0.5 : -0.5), Date.now()));
      return true;
    case 'Enter':
    case ' ':
      if (current !== null) keys.onOpen(current);
      return current !== null;
    case 'Escape':
      if (brush === null) return false;
      anchor.current = null;
      keys.onBrush(null);
      return true;
    default:
      return false;
  }
}

function isMove(key: string): key is keyof typeof MOVES {
  return key in MOVES;
}

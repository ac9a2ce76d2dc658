'use client';

import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useScope } from '@/components/url/use-scope';
import { type Extent, snapped } from '../geometry/extent';
import { withExtent } from '../state';

/** How long the extent stands still before the address follows it. */
const SETTLE_MS = 220;

export type ExtentControl = {
  /** What is in sight now, also in the middle of a movement. */
  readonly extent: Extent;
  /** What the address says, and so what data is asked for. */
  readonly settled: Extent;
  /** Follows a wheel or a finger; the address follows when it stands still. */
  readonly move: (next: Extent) => void;
  /** Goes there at once, a step that Back takes back. */
  readonly go: (next: Extent) => void;
};

/** The visible extent: the page's period, and what lies between two of its values while it is being moved. */
export function useExtent(): ExtentControl {
  const { params, range, setParams } = useScope();
  const [from, to] = [range.from.getTime(), range.to.getTime()];
  const settled = useMemo(() => ({ from, to }), [from, to]);
  const [moving, setMoving] = useState<Extent | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const address = useRef(params);
  address.current = params;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new address ends the movement that led to it
  useEffect(() => setMoving(null), [from, to]);
  useEffect(() => () => clearTimeout(timer.current), []);

  const settle = useCallback(
    (next: Extent, how: 'push' | 'replace') => {
      clearTimeout(timer.current);
      const goal = snapped(next);
      if (goal.from === from && goal.to === to) return setMoving(null);
      setMoving(goal);
      setParams(withExtent(address.current, goal), how);
    },
    [from, to, setParams],
  );
  const move = useCallback(
    (next: Extent) => {
      setMoving(next);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => settle(next, 'replace'), SETTLE_MS);
    },
    [settle],
  );
  const go = useCallback((next: Extent) => settle(next, 'push'), [settle]);
  return { extent: moving ?? settled, settled, move, go };
}

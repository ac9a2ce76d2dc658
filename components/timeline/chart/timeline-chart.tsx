'use client';

import { useEffect, useId, useMemo, useRef, useState } from 'react';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import type { Lane } from '@/lib/changes/model/timeline/lanes';
import type { Extent } from '../geometry/extent';
import { frameOf } from '../geometry/frame';
import { type ChartItem, itemsOf } from '../geometry/items';
import { scaleOf, ticksOf } from '../geometry/scale';
import { useChartKeys } from '../hooks/use-chart-keys';
import { useGestures } from '../hooks/use-gestures';
import { useWidth } from '../hooks/use-width';
import { binLabel, markLabel, summaryOf } from '../words';
import { HoverCard } from './hover-card';
import { ItemDrawing } from './item-drawing';
import { LaneHeads } from './lane-heads';
import { Axis, Bands, Grid, Patterns } from './parts';
import { BrushDrawing, NowLine } from './selection';

type TimelineChartProps = {
  readonly data: TimelineDto;
  readonly extent: Extent;
  readonly brush: Extent | null;
  readonly lane: Lane | null;
  readonly openKey: string | null;
  readonly onOpen: (item: ChartItem) => void;
  readonly onBrush: (brush: Extent | null) => void;
  readonly onLane: (lane: Lane | null) => void;
  readonly move: (next: Extent) => void;
  readonly go: (next: Extent) => void;
};

/** Height while the browser has not laid the page out yet; the page does not jump when it has. */
const HEIGHT = 386;

/** Two lanes of high-risk changes around an axis that says what was seen: marks or bars, windows, freezes, gaps, selection. */
export function TimelineChart(props: TimelineChartProps) {
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const summary = useId();
  return (
    <section
      ref={box}
      aria-label="Timeline of high-risk changes"
      aria-describedby={summary}
      className="relative overflow-x-clip"
      style={{ minHeight: width === null ? HEIGHT : undefined }}
    >
      <p id={summary} className="sr-only">
        {summaryOf(props.data)} Arrow keys walk the marks, Enter opens, plus and minus zoom, Shift with arrows
        selects time. The same changes stand in the table below.
      </p>
      {width === null ? null : <Picture {...props} width={width} />}
    </section>
  );
}

function Picture({
  data,
  extent,
  brush,
  lane,
  openKey,
  onOpen,
  onBrush,
  onLane,
  move,
  go,
  width,
}: TimelineChartProps & { readonly width: number }) {
  const svg = useRef<SVGSVGElement>(null);
  const id = useId().replaceAll(':', '');
  const ids = useMemo(() => ({ gap: `gap-${id}`, freeze: `freeze-${id}` }), [id]);
  const frame = useMemo(
    () => frameOf(width, data.lanes.not_applicable > 0),
    [width, data.lanes.not_applicable],
  );
  const scale = useMemo(() => scaleOf(extent, frame.left, frame.plot), [extent, frame]);
  const ticks = useMemo(() => ticksOf(scale), [scale]);
  const items = useMemo(() => itemsOf(data, scale, frame), [data, scale, frame]);
  const [currentKey, setCurrentKey] = useState<string | null>(null);
  const [pointed, setPointed] = useState<string | null>(null);
  const [hasFocus, setHasFocus] = useState(false);
  const current = items.find((item) => item.key === currentKey) ?? null;
  const shown = items.find((item) => item.key === pointed) ?? (hasFocus && openKey === null ? current : null);
  const roving = current?.key ?? items[0]?.key ?? null;

  const { draft, dragged, handlers } = useGestures({
    element: svg,
    scale,
    frame,
    move,
    onBrush,
    onNothing: () => (brush === null ? undefined : onBrush(null)),
  });
  const focusOn = (key: string) => {
    setCurrentKey(key);
    elementOf(svg.current, key)?.focus();
  };
  const onKeyDown = useChartKeys({ items, current, scale, brush, onCurrent: focusOn, onOpen, onBrush, go });
  useKeptFocus(svg, items, currentKey, hasFocus);

  return (
    <>
      <LaneHeads frame={frame} data={data} lane={lane} onLane={onLane} />
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be an SVG */}
      <svg
        ref={svg}
        role="group"
        aria-label="Marks in order of time"
        width={width}
        height={frame.height}
        onKeyDown={onKeyDown}
        onFocus={() => setHasFocus(true)}
        onBlur={() => setHasFocus(false)}
        onPointerLeave={() => setPointed(null)}
        {...handlers}
        className="block touch-pan-y overflow-visible select-none"
      >
        <Patterns ids={ids} />
        <Bands spans={data.spans} gaps={data.gaps} scale={scale} frame={frame} ids={ids} />
        <Grid frame={frame} scale={scale} ticks={ticks} />
        <Axis frame={frame} scale={scale} ticks={ticks} gaps={data.gaps} ids={ids} />
        <NowLine scale={scale} frame={frame} />
        {items.map((item) => (
          // biome-ignore lint/a11y/useSemanticElements: a button element cannot stand in an SVG
          <g
            key={item.key}
            role="button"
            data-item={item.key}
            data-lane={item.lane}
            data-type={item.type}
            tabIndex={item.key === roving ? 0 : -1}
            aria-label={labelOf(item)}
            aria-pressed={openKey === null ? undefined : isOpen(item, openKey)}
            onFocus={() => setCurrentKey(item.key)}
            onPointerEnter={() => setPointed(item.key)}
            onPointerLeave={() => setPointed(null)}
            onClick={() => {
              if (dragged.current) return;
              setCurrentKey(item.key);
              onOpen(item);
            }}
            className="cursor-pointer outline-none"
          >
            <ItemDrawing
              item={item}
              focused={(hasFocus && item.key === currentKey) || (openKey !== null && isOpen(item, openKey))}
              near={item.key === pointed}
            />
          </g>
        ))}
        <BrushDrawing brush={draft ?? brush} live={draft !== null} scale={scale} frame={frame} />
      </svg>
      {shown === null || draft !== null ? null : <HoverCard item={shown} frame={frame} />}
    </>
  );
}

/** Where the marks change under the keys (zoomed, filtered), the focus stays on the mark, or on the nearest that is left. */
function useKeptFocus(
  svg: React.RefObject<SVGSVGElement | null>,
  items: readonly ChartItem[],
  key: string | null,
  hasFocus: boolean,
) {
  const had = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks after every drawing of other items
  useEffect(() => {
    const lost = had.current && key !== null && document.activeElement === document.body;
    had.current = hasFocus;
    if (!lost) return;
    const target = elementOf(svg.current, key) ?? svg.current?.querySelector<SVGGElement>('[data-item]');
    target?.focus();
  }, [svg, items, key, hasFocus]);
}

function elementOf(svg: SVGSVGElement | null, key: string): SVGGElement | null {
  return svg?.querySelector<SVGGElement>(`[data-item="${CSS.escape(key)}"]`) ?? null;
}

function labelOf(item: ChartItem): string {
  if (item.type === 'mark') return markLabel(item.mark);
  if (item.type === 'bin') return binLabel(item.bin);
  return `${item.marks.length} more marks here, zoom in`;
}

function isOpen(item: ChartItem, openKey: string): boolean {
  if (item.type !== 'mark') return false;
  return item.mark.kind === 'session' ? item.mark.session?.id === openKey : item.mark.change.id === openKey;
}

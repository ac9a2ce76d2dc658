import { memo } from 'react';
import { ActionShape } from '@/components/charts/action-shape';
import { classes } from '@/components/ui/classes';
import { formatCount } from '@/components/ui/data/format';
import type { TimelineRisk } from '@/lib/changes/model/timeline/lanes';
import { type ChartItem, sizeLabel } from '../geometry/items';

/** Critical is solid in a dark outline, high is light in a coloured one: told apart without colour, too. */
export const RISK_LOOKS = {
  critical:
    'fill-unlinked stroke-ink stroke-[1.6] forced-colors:fill-[CanvasText] forced-colors:stroke-[CanvasText]',
  high: 'fill-[color-mix(in_srgb,var(--outside)_22%,var(--surface))] stroke-outside stroke-[1.6] forced-colors:fill-[Canvas] forced-colors:stroke-[CanvasText]',
} as const satisfies Record<TimelineRisk, string>;

type ItemDrawingProps = {
  readonly item: ChartItem;
  /** Whether keys stand on it, and whether it is pointed at. */
  readonly focused: boolean;
  readonly near: boolean;
};

/** Drawn again only when it changes: pointing at one of hundreds is to cost one. */
export const ItemDrawing = memo(function ItemDrawing({ item, focused, near }: ItemDrawingProps) {
  if (item.type === 'bin') return <BinDrawing item={item} focused={focused} near={near} />;
  const r = item.type === 'mark' ? drawnRadius(item) : item.r;
  return (
    <g transform={`translate(${item.x} ${item.y})`}>
      <circle r={Math.max(12, r + 4)} fill="transparent" />
      {focused ? (
        <circle
          r={r + 6}
          fill="none"
          strokeWidth={2}
          className="stroke-accent forced-colors:stroke-[Highlight]"
        />
      ) : null}
      {near && !focused ? <circle r={r + 5} className="fill-ink/10" /> : null}
      {item.type === 'mark' ? <MarkDrawing item={item} r={r} /> : <FoldDrawing item={item} />}
    </g>
  );
});

type Of<Type extends ChartItem['type']> = Extract<ChartItem, { type: Type }>;

function MarkDrawing({ item, r }: { readonly item: Of<'mark'>; readonly r: number }) {
  const { mark, span } = item;
  const session = mark.kind === 'session';
  const [from, to] = [span[0] - item.x, span[1] - item.x];
  return (
    <>
      {session && to - from > 2 * r + 8 ? (
        <line
          x1={from}
          x2={to}
          y1={0}
          y2={0}
          strokeWidth={2}
          strokeLinecap="round"
          className="stroke-line-strong"
        />
      ) : null}
      {session ? (
        <ActionShape
          kind={mark.action}
          r={r + 3}
          strokeLinejoin="round"
          className="fill-surface stroke-line-strong stroke-[1.2]"
        />
      ) : mark.session === null ? null : (
        <circle r={r + 3} fill="none" strokeDasharray="2.2 2.2" className="stroke-muted stroke-[1.2]" />
      )}
      <ActionShape
        kind={mark.action}
        r={session && mark.count === 0 ? r : r - 0.4}
        strokeLinejoin="round"
        className={
          session && mark.count === 0 ? 'fill-surface stroke-muted stroke-[1.6]' : RISK_LOOKS[mark.risk]
        }
      />
      {session ? (
        <text
          x={item.numberLeft ? -r - 6 : r + 6}
          y={4}
          textAnchor={item.numberLeft ? 'end' : 'start'}
          fontSize={12}
          className="fill-ink stroke-paper font-sans font-medium stroke-[3px] [paint-order:stroke]"
        >
          {sizeLabel(mark.size)}
        </text>
      ) : null}
    </>
  );
}

function FoldDrawing({ item }: { readonly item: Of<'fold'> }) {
  const text = `+${formatCount(item.marks.length)}`;
  const width = Math.max(20, text.length * 7 + 8);
  const critical = item.marks.some((mark) => mark.risk === 'critical');
  return (
    <>
      <rect
        x={-width / 2}
        y={-8}
        width={width}
        height={16}
        rx={8}
        className={classes('fill-surface', critical ? 'stroke-unlinked stroke-2' : 'stroke-outside')}
      />
      <text y={4.2} textAnchor="middle" fontSize={12} className="fill-ink font-sans">
        {text}
      </text>
    </>
  );
}

function BinDrawing({
  item,
  focused,
  near,
}: {
  readonly item: Of<'bin'>;
  readonly focused: boolean;
  readonly near: boolean;
}) {
  const up = item.lane === 'planned';
  const total = item.critical + item.high;
  const y = (from: number, height: number) => (up ? item.y - from - height : item.y + from);
  const round = Math.min(2, item.width / 3);
  return (
    <g>
      <rect
        x={item.x - 1}
        y={y(0, total + 14)}
        width={item.width + 2}
        height={total + 14}
        className={near ? 'fill-ink/7' : 'fill-transparent'}
      />
      {item.critical > 0 ? (
        <rect
          x={item.x}
          y={y(0, item.critical)}
          width={item.width}
          height={item.critical}
          rx={round}
          className="fill-unlinked forced-colors:fill-[CanvasText]"
        />
      ) : null}
      {item.high > 0 ? (
        <rect
          x={item.x + 0.6}
          y={y(item.critical, item.high) + 0.6}
          width={Math.max(0.8, item.width - 1.2)}
          height={Math.max(1, item.high - 1.2)}
          rx={round}
          className={classes(RISK_LOOKS.high, 'stroke-[1.2]')}
        />
      ) : null}
      {item.width >= formatCount(item.bin.count).length * 7 ? (
        <text
          x={item.x + item.width / 2}
          y={up ? item.y - total - 4 : item.y + total + 12}
          textAnchor="middle"
          fontSize={12}
          className="fill-muted font-sans"
        >
          {formatCount(item.bin.count)}
        </text>
      ) : null}
      {focused ? (
        <rect
          x={item.x - 3}
          y={y(0, total) - 3}
          width={item.width + 6}
          height={total + 6}
          rx={3}
          fill="none"
          strokeWidth={2}
          className="stroke-accent forced-colors:stroke-[Highlight]"
        />
      ) : null}
    </g>
  );
}

/** The box that the layout keeps free holds the ring of a session or of a part of one. */
function drawnRadius({ mark, r }: Of<'mark'>): number {
  return r - (mark.kind === 'session' ? 3 : mark.session === null ? 0.5 : 2);
}

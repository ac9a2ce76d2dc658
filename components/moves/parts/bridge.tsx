import { classes } from '@/components/ui/classes';
import type { MoveDto } from '@/lib/divisions/contract';
import { boundaryOf } from '../words';
import { DivisionName } from './division-name';

type BridgeProps = { readonly move: MoveDto; readonly className?: string };

/** `From ─▶ To` in one line, wrapping where it must. A crossing breaks the deck of the bridge. */
export function Bridge({ move, className }: BridgeProps) {
  return (
    <span className={classes('inline-flex flex-wrap items-center gap-x-2 gap-y-0.5', className)}>
      <DivisionName side={move.sourceDivision} />
      <BridgeDeck boundary={boundaryOf(move)} />
      <DivisionName side={move.targetDivision} />
    </span>
  );
}

const DECK_WORDS = {
  cross: 'to, across regions,',
  same: 'to',
  not_evaluated: 'to, crossing not evaluated,',
} as const;

/** Whole within a region, cut by a border where regions differ, dashed where that is not known. */
export function BridgeDeck({
  boundary,
  width = 34,
}: {
  readonly boundary: keyof typeof DECK_WORDS;
  readonly width?: number;
}) {
  const middle = (width - 8) / 2;
  return (
    <span className="inline-flex shrink-0 items-center">
      <svg aria-hidden width={width} height={14} viewBox={`0 0 ${width} 14`} className="text-muted">
        <line
          x1={0}
          x2={width - 8}
          y1={7}
          y2={7}
          strokeWidth={1.5}
          strokeDasharray={boundary === 'not_evaluated' ? '3 2.5' : undefined}
          className="stroke-current"
        />
        <path d={`M${width - 9} 3L${width - 1} 7L${width - 9} 11Z`} className="fill-current" />
        {boundary === 'cross' ? (
          <line x1={middle} x2={middle} y1={0.5} y2={13.5} strokeWidth={2} className="stroke-outside" />
        ) : null}
      </svg>
      <span className="sr-only">{DECK_WORDS[boundary]}</span>
    </span>
  );
}

import { classes } from '@/components/ui/classes';
import type { CoverageState } from '@/lib/kernel/words';
import { COVERAGE_WORDS } from './words';

/** Text colour of each state; the pattern tells it, the colour repeats it. Nothing unread is ever green. */
export const COVERAGE_COLOURS = {
  pending: 'text-idle',
  provisional: 'text-accent',
  complete: 'text-linked',
  late_complete: 'text-linked',
  gap: 'text-unlinked',
  not_evaluated: 'text-muted',
} as const satisfies Record<CoverageState, string>;

/** A cell of the coverage calendar, 12 x 12: drawn once here, used as legend and as the calendar's cells. */
export function CoverageCell({
  state,
  size = 12,
}: {
  readonly state: CoverageState;
  readonly size?: number;
}) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 12 12"
      width={size}
      height={size}
      className={classes('shrink-0', COVERAGE_COLOURS[state])}
    >
      <CoverageShape state={state} />
    </svg>
  );
}

export function CoverageShape({ state }: { readonly state: CoverageState }) {
  const outline = {
    x: 0.75,
    y: 0.75,
    width: 10.5,
    height: 10.5,
    rx: 1,
    className: 'fill-none stroke-current',
  } as const;
  switch (state) {
    case 'complete':
      return <rect x={0.5} y={0.5} width={11} height={11} rx={1} className="fill-current" />;
    case 'late_complete':
      return (
        <>
          <rect x={0.5} y={0.5} width={11} height={11} rx={1} className="fill-current" />
          <path d="M-1 8L8 -1M4 13L13 4" className="stroke-surface" strokeWidth={1.9} />
        </>
      );
    case 'provisional':
      return (
        <>
          <rect {...outline} />
          <path d="M1 11V6H11V11Z" className="fill-current" />
        </>
      );
    case 'pending':
      return <circle cx={6} cy={6} r={1.5} className="fill-current" />;
    case 'gap':
      return (
        <>
          <rect {...outline} strokeWidth={1.5} />
          <path d="M2.5 2.5L9.5 9.5M9.5 2.5L2.5 9.5" className="stroke-current" strokeWidth={1.8} />
        </>
      );
    case 'not_evaluated':
      return (
        <>
          <rect {...outline} strokeDasharray="2 1.5" />
          <path d="M4 6H8" className="stroke-current" strokeWidth={1.4} />
        </>
      );
  }
}

export function CoverageMark({ state }: { readonly state: CoverageState }) {
  return (
    <span className={classes('inline-flex items-center gap-1.5 whitespace-nowrap', COVERAGE_COLOURS[state])}>
      <CoverageCell state={state} />
      {COVERAGE_WORDS[state]}
    </span>
  );
}

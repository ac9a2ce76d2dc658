import { classes } from '@/components/ui/classes';
import type { Risk } from '@/lib/kernel/words';
import { RISK_WORDS } from './words';

const BARS = { low: 1, medium: 2, high: 3, critical: 4 } as const satisfies Record<Risk, number>;

const COLOURS = {
  low: 'text-muted',
  medium: 'text-ink',
  high: 'text-outside',
  critical: 'text-unlinked',
} as const satisfies Record<Risk, string>;

/** One to four stacked bars and the word. */
export function RiskBars({ risk, className }: { readonly risk: Risk; readonly className?: string }) {
  return (
    <span className={classes('inline-flex items-center gap-1.5 whitespace-nowrap', COLOURS[risk], className)}>
      <svg aria-hidden viewBox="0 0 14 12" width={14} height={12} className="shrink-0">
        {[0, 1, 2, 3].map((bar) => (
          <rect
            key={bar}
            x={0}
            y={9.5 - bar * 3}
            width={5 + bar * 3}
            height={2}
            className={bar < BARS[risk] ? 'fill-current' : 'fill-line'}
          />
        ))}
      </svg>
      {RISK_WORDS[risk]}
    </span>
  );
}

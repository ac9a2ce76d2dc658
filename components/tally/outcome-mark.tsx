import type { Outcome } from '@/lib/kernel/words';
import { OUTCOME_WORDS } from './words';

const COLOURS = {
  pass: 'text-linked',
  fail: 'text-unlinked',
  not_evaluated: 'text-muted',
  not_applicable: 'text-idle',
} as const satisfies Record<Outcome, string>;

type OutcomeMarkProps = {
  readonly outcome: Outcome;
  /** The word on screen where it is another than the usual one: `Connected`. */
  readonly word?: string;
};

/** A check's outcome: circle, diamond, dashed circle or bar, always with its word. "Not evaluated" is never green. */
export function OutcomeMark({ outcome, word }: OutcomeMarkProps) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <OutcomeShape outcome={outcome} />
      <span className={COLOURS[outcome]}>{word ?? OUTCOME_WORDS[outcome]}</span>
    </span>
  );
}

/** The shape alone, for where the words stand beside it anyway. */
export function OutcomeShape({ outcome, size = 14 }: { readonly outcome: Outcome; readonly size?: number }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 14 14"
      width={size}
      height={size}
      className={`shrink-0 ${COLOURS[outcome]}`}
    >
      <Shape outcome={outcome} />
    </svg>
  );
}

function Shape({ outcome }: { readonly outcome: Outcome }) {
  const cut = { className: 'fill-none stroke-surface', strokeWidth: 1.6, strokeLinecap: 'round' } as const;
  switch (outcome) {
    case 'pass':
      return (
        <>
          <circle cx={7} cy={7} r={6.5} className="fill-current" />
          <path d="M4 7.2L6.2 9.4L10 5" {...cut} />
        </>
      );
    case 'fail':
      return (
        <>
          <path d="M7 0L14 7L7 14L0 7Z" className="fill-current" />
          <path d="M5 5L9 9M9 5L5 9" {...cut} />
        </>
      );
    case 'not_evaluated':
      return (
        <>
          <circle
            cx={7}
            cy={7}
            r={6}
            className="fill-none stroke-current"
            strokeWidth={1.2}
            strokeDasharray="2.4 1.6"
          />
          <text x={7} y={10} textAnchor="middle" fontSize={8.5} fontWeight={600} className="fill-current">
            ?
          </text>
        </>
      );
    case 'not_applicable':
      return <rect x={2.5} y={6} width={9} height={2} className="fill-current" />;
  }
}

import type { LoopStepDto } from '@/lib/linking/contract/closed-loop';

/** The shape of a step's state: a filled circle with a tick, a diamond with a cross, a dashed circle with a question mark. */
export function StepMark({ state }: { readonly state: LoopStepDto['state'] }) {
  return (
    <svg aria-hidden="true" viewBox="0 0 24 24" width="24" height="24" className="shrink-0">
      {state === 'found' ? (
        <>
          <circle cx="12" cy="12" r="10" className="fill-linked" />
          <path d="M7.5 12.5l3 3 6-6.5" className="stroke-paper" fill="none" strokeWidth="2" />
        </>
      ) : state === 'missing' ? (
        <>
          <path d="M12 1l11 11-11 11L1 12z" className="fill-unlinked" />
          <path d="M8.5 8.5l7 7m0-7l-7 7" className="stroke-paper" strokeWidth="2" />
        </>
      ) : (
        <>
          <circle
            cx="12"
            cy="12"
            r="10"
            fill="none"
            className="stroke-idle"
            strokeWidth="1.5"
            strokeDasharray="3 2.5"
          />
          <text x="12" y="16.5" textAnchor="middle" className="fill-muted text-sm font-semibold">
            ?
          </text>
        </>
      )}
    </svg>
  );
}

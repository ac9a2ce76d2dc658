import { classes } from '@/components/ui/classes';
import { Time } from '@/components/ui/data/time';
import type { LoopStepDto } from '@/lib/linking/contract/closed-loop';
import { StepMark } from './step-mark';
import { STATE_WORDS, STEP_WORDS } from './words';

const STATE_TONES = {
  found: 'text-linked',
  missing: 'text-unlinked',
  not_evaluated: 'text-muted',
} as const;

/** The steps from review to record as one chain: side by side where there is room, below one another where not. */
export function LoopSteps({ steps }: { readonly steps: readonly LoopStepDto[] }) {
  return (
    <ol aria-label="Steps of the closed loop" className="flex flex-col @2xl:flex-row">
      {steps.map((one, index) => (
        <li
          key={one.step}
          className="flex min-w-0 flex-1 gap-3 @2xl:flex-col @2xl:gap-2"
          data-step={one.step}
          data-state={one.state}
        >
          <div className="flex flex-col items-center self-stretch @2xl:flex-row">
            <StepMark state={one.state} />
            {index === steps.length - 1 ? null : (
              <Bond whole={one.state === 'found' && steps[index + 1]?.state === 'found'} />
            )}
          </div>
          <StepText step={one} />
        </li>
      ))}
    </ol>
  );
}

/** What joins two steps: a line where both are found, a broken one where the chain is. */
function Bond({ whole }: { readonly whole: boolean }) {
  return (
    <span
      aria-hidden="true"
      className={classes(
        'my-1 min-h-4 flex-1 border-l-2 @2xl:mx-2 @2xl:my-0 @2xl:min-h-0 @2xl:border-t-2 @2xl:border-l-0',
        whole ? 'border-linked' : 'border-dashed border-line-strong',
      )}
    />
  );
}

function StepText({ step }: { readonly step: LoopStepDto }) {
  return (
    <div className="min-w-0 pb-4 @2xl:pr-4 @2xl:pb-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="font-medium">{STEP_WORDS[step.step]}</span>
        <span className={classes('text-sm font-medium', STATE_TONES[step.state])}>
          {STATE_WORDS[step.state]}
        </span>
      </p>
      {step.at === null ? null : <Time at={step.at} className="text-muted" />}
      <p className="mt-0.5 text-sm wrap-anywhere">{step.sentence}</p>
      {step.evidence.map((one) => (
        <p key={one.label} className="mt-0.5 text-xs wrap-anywhere text-muted">
          {/* Only http addresses become links: they come from a host's answer. */}
          {one.url !== null && /^https?:\/\//.test(one.url) ? (
            <a href={one.url} target="_blank" rel="noreferrer noopener" className="door">
              {one.label}
            </a>
          ) : (
            one.label
          )}
        </p>
      ))}
    </div>
  );
}

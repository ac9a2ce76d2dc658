import type { ResponseStepDto } from '@/lib/alerts/contract/responses';
import { toIso } from '@/lib/kernel/instant';
import type { PlannedStep } from './plan-steps';

/** What is kept of a step: shown to people, so no secret is ever in it. */
export type StepContent = {
  readonly doing: string;
  readonly call: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly because: string | null;
  /** Calls sent, with the platform's correlation ids. */
  readonly calls: readonly {
    readonly sentAt: string;
    readonly status: number | null;
    readonly correlationId: string | null;
  }[];
};

export type StepFact = {
  readonly n: number;
  readonly event: 'planned' | 'begun' | 'ended';
  readonly at: Date;
  readonly outcome: 'done' | 'already_so' | 'failed' | 'unknown' | null;
  readonly content: StepContent;
};

/** How far a step got, by its facts in order. `begun` without end is what a killed process leaves. */
export type StepStanding = {
  readonly standing: 'not_begun' | 'begun' | 'done' | 'already_so' | 'failed' | 'unknown';
  readonly last: StepFact | null;
};

export function standingOf(facts: readonly StepFact[], n: number): StepStanding {
  const last = facts.findLast((fact) => fact.n === n && fact.event !== 'planned') ?? null;
  if (last === null) return { standing: 'not_begun', last };
  return { standing: last.outcome ?? 'begun', last };
}

/**
 * Whether the first step, the one that changes something, may have changed it: done, unknown, or found done when it was
 * taken up again after an interruption. What was so before anything was sent is not ours to give back.
 */
export function changedAnything(facts: readonly StepFact[]): boolean {
  const { standing } = standingOf(facts, 1);
  if (standing === 'done' || standing === 'unknown' || standing === 'begun') return true;
  return (
    standing === 'already_so' && facts.filter((fact) => fact.n === 1 && fact.event === 'begun').length > 1
  );
}

/** The steps as a page shows them. `isOver`: the response has ended, so what was not begun will not be. */
export function foldSteps(
  steps: readonly PlannedStep[],
  facts: readonly StepFact[],
  isOver: boolean,
): ResponseStepDto[] {
  return steps.map(({ n, doing, call }) => {
    const { standing, last } = standingOf(facts, n);
    const planned = facts.find((fact) => fact.n === n && fact.event === 'planned');
    const begun = facts.find((fact) => fact.n === n && fact.event === 'begun');
    const content = last?.content ?? planned?.content;
    return {
      n,
      doing,
      call,
      outcome: outcomeOf(standing, isOver),
      startedAt: begun === undefined ? null : toIso(begun.at),
      finishedAt: last?.event === 'ended' ? toIso(last.at) : null,
      before: content?.before ?? planned?.content.before ?? null,
      after: content?.after ?? null,
      because: content?.because ?? null,
      calls: content?.calls ?? [],
    };
  });
}

function outcomeOf(standing: StepStanding['standing'], isOver: boolean): ResponseStepDto['outcome'] {
  if (standing === 'not_begun') return isOver ? 'not_reached' : 'planned';
  return standing === 'begun' ? 'unknown' : standing;
}

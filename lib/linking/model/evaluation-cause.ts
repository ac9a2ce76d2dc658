import type { EvaluationCause } from '@/lib/kernel/words';

/** What makes the linker look at a change (again), with the ticket behind it, where there is one. */
export type Occasion = {
  readonly cause: EvaluationCause;
  /** Key or number of the ticket that changed. */
  readonly ticket: string | null;
};

/** A change that is looked at for the first time, or whose citations can be looked up at last. */
export const FIRST_LOOK: Occasion = { cause: 'first_look', ticket: null };

/** What makes the linker look at a change (again). */
export const EVALUATION_CAUSES = [
  'first_look',
  'ticket_changed',
  'sweep',
  'source_added',
  'policy_changed',
  'calendar_changed',
  'manual',
  'asked',
] as const;
export type EvaluationCause = (typeof EVALUATION_CAUSES)[number];

/** A cause with the ticket behind it, where there is one. */
export type Occasion = {
  readonly cause: EvaluationCause;
  /** Key or number of the ticket that changed. */
  readonly ticket: string | null;
};

/** A change that is looked at for the first time, or whose citations can be looked up at last. */
export const FIRST_LOOK: Occasion = { cause: 'first_look', ticket: null };

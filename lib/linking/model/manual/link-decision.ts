/** What a person may say of the claims of a change. */
export const DECISION_WORDS = ['attached', 'struck', 'taken_back'] as const;
export type DecisionWord = (typeof DECISION_WORDS)[number];

/** What a person states of an authorisation that no connected system knows, such as a paper form. */
export type Statement = {
  readonly title: string;
  readonly approver: string;
  readonly approvedAt: Date;
  readonly url: string | null;
};

/** A struck claim as it stood at that moment, for reading. */
export type StruckClaim = {
  readonly status: string;
  readonly foundBy: string;
  readonly title: string | null;
  readonly url: string | null;
};

/** One decision about a change, in the order in which they were made. */
export type LinkDecision = {
  readonly id: string;
  readonly changeId: string;
  readonly decidedAt: Date;
  readonly what: DecisionWord;
  /** Kind of the claim: `jira`, `servicenow`, `commit`, `manual`, or any other that can be struck. */
  readonly kind: string;
  readonly reference: string;
  readonly ofDecision: string | null;
  readonly batchId: string | null;
  readonly requestId: string | null;
  readonly deciderId: string;
  readonly decider: string;
  readonly reason: string;
  readonly statement: Statement | null;
  readonly claim: StruckClaim | null;
};

export type Standing = {
  readonly attached: readonly LinkDecision[];
  readonly struck: readonly LinkDecision[];
};

/** The decisions that hold: those that nobody took back. */
export function standingOf(decisions: readonly LinkDecision[]): Standing {
  const takenBack = new Set(decisions.flatMap((one) => (one.ofDecision === null ? [] : [one.ofDecision])));
  const holding = decisions.filter((one) => one.what !== 'taken_back' && !takenBack.has(one.id));
  return {
    attached: holding.filter((one) => one.what === 'attached'),
    struck: holding.filter((one) => one.what === 'struck'),
  };
}

/** Name of a claim among those of its change. */
export function claimKey(claim: { readonly kind: string; readonly reference: string }): string {
  return `${claim.kind} ${claim.reference}`;
}

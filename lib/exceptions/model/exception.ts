import type { Risk } from '@/lib/kernel/words';

export const EXCEPTION_STATES = [
  'new',
  'triaged',
  'in_remediation',
  'accepted',
  'false_positive',
  'resolved',
] as const;
export type ExceptionState = (typeof EXCEPTION_STATES)[number];

/** States in which somebody still has to do something. */
export const OPEN_STATES = ['new', 'triaged', 'in_remediation'] as const satisfies readonly ExceptionState[];

/** What needs a second person. */
export const REQUEST_KINDS = ['accept', 'extend', 'false_positive', 'resolve'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** A person of the product, with the name frozen. The address tells whether two accounts are one person. */
export type Person = { readonly id: string; readonly name: string; readonly email: string };

export type AcceptTerms = {
  readonly reason: string;
  readonly compensatingControl: string;
  /** ISO instant. */
  readonly expiresAt: string;
};
/** What is changed so that the rule does not say it again. */
export type RuleChange = {
  readonly kind: 'rule' | 'threshold' | 'excuse';
  /** Id of the rule, the threshold or the excuse. */
  readonly reference: string;
  readonly says: string;
};
export type FalsePositiveTerms = { readonly reason: string; readonly ruleChange: RuleChange };
export type ResolveTerms = { readonly reason: string; readonly evidence: string };

export type RequestTerms =
  | ({ readonly kind: 'accept' | 'extend' } & AcceptTerms)
  | ({ readonly kind: 'false_positive' } & FalsePositiveTerms)
  | ({ readonly kind: 'resolve' } & ResolveTerms);

/** The risk as it stood: an answer is about this and nothing else. */
export type RiskThen = {
  readonly severity: Risk;
  readonly riskBasis: string | null;
  readonly sentence: string;
};

/** Asked for by one person, waiting for another. */
export type PendingRequest = {
  readonly id: string;
  readonly at: string;
  readonly by: Person;
  readonly terms: RequestTerms;
  readonly risk: RiskThen;
};

/** As it was decided: the terms, both people, and the risk of that moment. */
export type Granted<Terms> = {
  readonly requestId: string;
  readonly requestedAt: string;
  readonly requestedBy: Person;
  readonly approvedAt: string;
  readonly approvedBy: Person;
  readonly terms: Terms;
  readonly risk: RiskThen;
};

/** What ended it. */
export type Resolution = {
  /** `verified`: a later run no longer finds it; `evidence`: what it lacked is there now; `decided`: two people said so. */
  readonly how: 'verified' | 'evidence' | 'decided';
  readonly at: string;
  readonly says: string;
  readonly granted: Granted<ResolveTerms> | null;
};

/** What an exception is about, fixed when it is opened. */
export type Opening = {
  readonly id: string;
  readonly orgId: string;
  readonly key: string;
  readonly round: number;
  readonly findingId: string;
  readonly rule: string;
  readonly about: 'act' | 'state';
  readonly stretch: number;
  readonly historic: boolean;
  readonly openedAt: string;
  readonly occurredAt: string;
  readonly subject: { readonly type: string; readonly id: string; readonly name: string | null };
  readonly divisionIds: readonly string[];
  readonly controlIds: readonly string[];
  readonly moveId: string | null;
  readonly changeIds: readonly string[];
  readonly formerId: string | null;
  readonly openedBecause: string;
  readonly severity: Risk;
  readonly severityBecause: string;
  readonly sentence: string;
  readonly riskBasis: string | null;
  readonly owner: { readonly id: string; readonly name: string } | null;
  readonly slaDays: number;
};

/** An exception as the sum of what happened to it. */
export type Exception = Omit<Opening, 'openedAt' | 'occurredAt'> & {
  readonly openedAt: Date;
  readonly occurredAt: Date;
  readonly state: ExceptionState;
  readonly stateSince: Date;
  /** Why it stands where it does, where that is not a person's plain move. */
  readonly stateBecause: string | null;
  readonly dueAnchor: Date;
  readonly dueAt: Date;
  readonly dueSetBy: string | null;
  readonly fixClaimed: { readonly at: Date; readonly by: string } | null;
  readonly request: PendingRequest | null;
  readonly acceptance: Granted<AcceptTerms> | null;
  readonly falsePositive: Granted<FalsePositiveTerms> | null;
  readonly resolution: Resolution | null;
  readonly successorId: string | null;
  readonly lastSeq: number;
  readonly updatedAt: Date;
};

export function isOpen(state: ExceptionState): boolean {
  return (OPEN_STATES as readonly ExceptionState[]).includes(state);
}

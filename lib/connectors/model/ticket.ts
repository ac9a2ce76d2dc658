import type { Interval } from '@/lib/kernel/instant';

export const TICKET_SYSTEMS = ['jira', 'servicenow'] as const;
export type TicketSystem = (typeof TICKET_SYSTEMS)[number];

/** By which trace of the other system a decision is dated, strongest first. */
export const DECISION_BASES = ['changelog', 'sys_audit', 'approver', 'approval_set', 'last_update'] as const;
export type DecisionBasis = (typeof DECISION_BASES)[number];

export const DECISION_VERDICTS = ['approved', 'withdrawn', 'rejected', 'cancelled'] as const;

/** Somebody's word on a ticket. `by` is the person as the other system names them, null where it does not say. */
export type TicketDecision = {
  readonly at: Date;
  readonly verdict: (typeof DECISION_VERDICTS)[number];
  readonly by: string | null;
  readonly basis: DecisionBasis;
};

export type TicketStatusStep = { readonly at: Date; readonly to: string; readonly by: string | null };

/** A change request or issue with its history, the same for every system. */
export type Ticket = {
  readonly system: TicketSystem;
  readonly key: string;
  readonly title: string | null;
  readonly type: string | null;
  /** ServiceNow's emergency changes; only these are planned inside a freeze. */
  readonly emergency: boolean;
  readonly createdAt: Date | null;
  /** Status before the first step, null where no history tells. */
  readonly firstStatus: string | null;
  /** In order of time. */
  readonly statusSteps: readonly TicketStatusStep[];
  /** In order of time; within one instant in the order the system gives. */
  readonly decisions: readonly TicketDecision[];
  readonly window: Interval | null;
  /** Ids of the objects it names: configuration item, object field, ids in its text. As written there. */
  readonly objects: readonly string[];
  /** Ids in fields of unknown meaning: they can show that the target is named, never that it is not. */
  readonly otherIds: readonly string[];
  /** Name of its configuration item; absent where it has none. Many a CMDB knows the platform's objects by name alone. */
  readonly itemName?: string | null | undefined;
  readonly url: string | null;
};

/** Status at the instant, or null where the history does not reach back to it. A step at the instant itself counts. */
export function statusAt(ticket: Ticket, at: Date): string | null {
  let status = ticket.createdAt !== null && at < ticket.createdAt ? null : ticket.firstStatus;
  for (const step of ticket.statusSteps) if (step.at <= at) status = step.to;
  return status;
}

/** The last decision at or before the instant, or null where none was made yet. */
export function decisionAt(ticket: Ticket, at: Date): TicketDecision | null {
  let last: TicketDecision | null = null;
  for (const decision of ticket.decisions) if (decision.at <= at) last = decision;
  return last;
}

/** The approvals that stood together at the instant: all since the last decision of another kind. */
export function approvalsStandingAt(ticket: Ticket, at: Date): TicketDecision[] {
  let standing: TicketDecision[] = [];
  for (const decision of ticket.decisions) {
    if (decision.at > at) break;
    standing = decision.verdict === 'approved' ? [...standing, decision] : [];
  }
  return standing;
}

/** The first approval after the instant, or null. */
export function firstApprovalAfter(ticket: Ticket, at: Date): TicketDecision | null {
  return ticket.decisions.find((decision) => decision.verdict === 'approved' && decision.at > at) ?? null;
}

const UUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi;

/** The ids of platform objects in a text (UUIDs with dashes), each once, in lower case. */
export function idsInText(text: string): string[] {
  return [...new Set([...text.matchAll(UUID)].map((match) => match[0].toLowerCase()))];
}

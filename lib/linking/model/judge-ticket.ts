import {
  approvalsStandingAt,
  type DecisionBasis,
  decisionAt,
  firstApprovalAfter,
  statusAt,
  type Ticket,
} from '@/lib/connectors/model/ticket';
import { addMs, contains, floorToSecond, SECOND_MS, toIso } from '@/lib/kernel/instant';
import type { ChangeLinkage, Claim, JudgedChange, LinkReason } from './claim';
import { sameName, sameObject } from './same-object';

type Verdict = {
  readonly status: ChangeLinkage;
  readonly reason: LinkReason | null;
  readonly because: string;
};

/** How much of full confidence remains where something weaker than the best evidence had to do. */
const WITHOUT_OBJECT = 0.85;
const WITHOUT_WINDOW = 0.95;
const BY_BASIS: Readonly<Record<DecisionBasis, number>> = {
  changelog: 1,
  sys_audit: 1,
  approver: 0.95,
  approval_set: 0.9,
  last_update: 0.7,
};

const BASIS_WORDS: Readonly<Record<DecisionBasis, string>> = {
  changelog: 'the issue’s changelog',
  sys_audit: 'sys_audit',
  approver: 'the approvers’ rows',
  approval_set: 'approval_set alone',
  last_update: 'its last update, no history says when',
};

/**
 * The claim that a ticket authorised a change, judged as of the change's time: mismatch, then late approval, then window, else
 * linked. Times are compared at whole seconds, because the platform gives no finer ones: approved in the second of the change counts as before.
 * `now` bounds what is known: an approval dated later does not exist yet.
 * Source: design 5, linkage, step 3.
 */
export function judgeTicket(
  ticket: Ticket,
  change: JudgedChange,
  now: Date,
): Omit<Claim, 'kind' | 'reference' | 'foundBy'> {
  const at = endOfSecond(change.at);
  const known: Ticket = { ...ticket, decisions: ticket.decisions.filter((decision) => decision.at <= now) };
  const namesTarget = naming(ticket, change);
  const approvals = approvalsStandingAt(known, at);
  const later = firstApprovalAfter(known, at);
  const verdict = verdictOf(known, { change, at, namesTarget });
  const shown =
    approvals.length > 0
      ? approvals
      : verdict.status === 'late_approval' && later !== null
        ? known.decisions.filter(
            (one) => one.verdict === 'approved' && one.at.getTime() === later.at.getTime(),
          )
        : [];
  const status = statusAt(ticket, at);
  const decided = shown[0] ?? decisionAt(known, at);

  return {
    status: verdict.status,
    reason: verdict.reason,
    reasons: [
      verdict.because,
      ...notes(ticket, {
        namesTarget,
        status,
        approved: shown.length > 0,
        decided: decided?.basis ?? null,
        change,
      }),
    ],
    confidence: confidenceOf(ticket, verdict, { namesTarget, basis: decided?.basis ?? null }),
    statusAtChange: status,
    approvedAt: shown[0]?.at ?? null,
    approvers: [...new Set(shown.flatMap((one) => (one.by === null ? [] : [one.by])))],
    window: ticket.window,
    namesTarget,
    emergency: ticket.emergency,
    review: null,
    url: ticket.url,
    title: ticket.title,
  };
}

/** Whether the ticket names the target; null where it names no object at all. */
function naming(ticket: Ticket, change: JudgedChange): boolean | null {
  if ([...ticket.objects, ...ticket.otherIds].some((id) => sameObject(id, change.entityId))) return true;
  const { itemName } = ticket;
  if (itemName && change.entityNames.some((name) => sameName(name, itemName))) return true;
  return ticket.objects.length === 0 ? null : false;
}

/** The last instant that still counts as the second of `at`. */
function endOfSecond(at: Date): Date {
  return addMs(floorToSecond(at), SECOND_MS - 1);
}

function verdictOf(
  ticket: Ticket,
  facts: { change: JudgedChange; at: Date; namesTarget: boolean | null },
): Verdict {
  const { change, at, namesTarget } = facts;
  const standing = decisionAt(ticket, at);
  if (standing !== null && standing.verdict !== 'approved') {
    const later = firstApprovalAfter(ticket, at);
    if (standing.verdict !== 'withdrawn')
      return {
        status: 'mismatch',
        reason: standing.verdict,
        because: `${standing.verdict} at ${toIso(standing.at)}, before the change`,
      };
    if (later === null)
      return {
        status: 'mismatch',
        reason: 'approval_withdrawn',
        because: `its approval was withdrawn at ${toIso(standing.at)}, before the change`,
      };
  }
  const later = firstApprovalAfter(ticket, at);
  const approved = standing?.verdict === 'approved';
  if (!approved && later === null)
    return { status: 'mismatch', reason: 'never_approved', because: 'never approved' };
  if (namesTarget === false)
    return {
      status: 'mismatch',
      reason: 'names_other_object',
      because: 'it names other objects and not the one that was changed',
    };
  if (!approved && later !== null)
    return {
      status: 'late_approval',
      reason: 'approved_after_change',
      because: `approved at ${toIso(later.at)}, after the change`,
    };
  const { window } = ticket;
  if (window !== null && !contains(window, change.at)) {
    return {
      status: 'outside_window',
      reason: 'outside_window',
      because: `the change lies outside its window from ${toIso(window.from)} to ${toIso(window.to)}`,
    };
  }
  return {
    status: 'linked',
    reason: null,
    because: `approved at ${toIso(standing?.at ?? change.at)}, not after the change`,
  };
}

function notes(
  ticket: Ticket,
  facts: {
    namesTarget: boolean | null;
    status: string | null;
    approved: boolean;
    decided: DecisionBasis | null;
    change: JudgedChange;
  },
): string[] {
  const said: string[] = [];
  if (facts.decided !== null) said.push(`dated by ${BASIS_WORDS[facts.decided]}`);
  if (facts.status === null) said.push('its status at the change is not known: no history reaches back');
  if (facts.namesTarget === true) said.push('it names the object that was changed');
  if (facts.namesTarget === null) said.push('it names no object');
  if (ticket.window === null) said.push('it has no window');
  else if (contains(ticket.window, facts.change.at)) said.push('the change lies inside its window');
  return said;
}

function confidenceOf(
  ticket: Ticket,
  verdict: Verdict,
  facts: { namesTarget: boolean | null; basis: DecisionBasis | null },
): number {
  let confidence = facts.basis === null ? 1 : BY_BASIS[facts.basis];
  // What an object or a window would add matters only where the ticket speaks for the change.
  if (verdict.status !== 'mismatch') {
    if (facts.namesTarget === null) confidence *= WITHOUT_OBJECT;
    if (ticket.window === null) confidence *= WITHOUT_WINDOW;
  }
  return Math.round(confidence * 100) / 100;
}

import { addMs, DAY_MS, toIsoMs } from '@/lib/kernel/instant';
import type { Decision } from '../contract';
import {
  type Exception,
  type Granted,
  isOpen,
  type PendingRequest,
  type Person,
  type RequestKind,
  type RequestTerms,
} from './exception';
import type { Happening } from './happening';
import { graverOrOther, riskOf } from './risk-then';
import type { Sla } from './rules';

/** Who makes a move: a person with an address, or what acts without being one. */
export type Mover = { readonly person: Person | null };

export type MoveContext = {
  readonly mover: Mover;
  readonly now: Date;
  readonly sla: Sla;
  /** The risk as the newest run says; null for acts and where nothing stands. */
  readonly riskNow: {
    readonly severity: Exception['severity'];
    readonly riskBasis: string;
    readonly sentence: string;
  } | null;
  /** For `assign`: the person as known; null where there is none. */
  readonly newOwner: { readonly id: string; readonly name: string } | null;
  /** Id for a request made now. */
  readonly requestId: string;
};

export type Verdict =
  | { readonly happenings: readonly Happening[] }
  | { readonly refused: 'forbidden' | 'conflict' | 'bad_request'; readonly because: string };

/** What a move makes of an exception, or why it may not be made. Everything a person may do about the state passes here. */
export function decideMove(exception: Exception, decision: Decision, context: MoveContext): Verdict {
  const barred = whyBarred(exception, decision.move, context.mover);
  if (barred !== null) return barred;
  const { person } = context.mover;
  const { now } = context;
  const pending = exception.request;
  const note = 'note' in decision ? (decision.note ?? null) : null;
  switch (decision.move) {
    case 'triage':
      return did({ kind: 'triaged', note });
    case 'start_remediation':
      return did({ kind: 'remediation_started', note });
    case 'claim_fixed':
      return did({ kind: 'fix_claimed', note: decision.note });
    case 'reopen':
      return did({ kind: 'reopened', reason: decision.reason });
    case 'request_acceptance':
    case 'request_extension': {
      const wrong = wrongExpiry(exception, decision.expiresAt, context);
      if (wrong !== null) return refuse('bad_request', wrong);
      const { reason, compensatingControl } = decision;
      const expiresAt = toIsoMs(new Date(decision.expiresAt));
      const kind = decision.move === 'request_acceptance' ? 'accept' : 'extend';
      return ask(exception, context, { kind, reason, compensatingControl, expiresAt });
    }
    case 'request_false_positive':
      return ask(exception, context, {
        kind: 'false_positive',
        reason: decision.reason,
        ruleChange: decision.ruleChange,
      });
    case 'request_resolution':
      return ask(exception, context, {
        kind: 'resolve',
        reason: decision.reason,
        evidence: decision.evidence,
      });
    case 'withdraw_request':
      return pending === null
        ? refuse('conflict', NOTHING_ASKED)
        : did({ kind: 'request_withdrawn', what: pending.terms.kind, reason: decision.reason });
    case 'approve':
    case 'decline': {
      if (pending === null || person === null) return refuse('conflict', NOTHING_ASKED);
      if (decision.requestId !== pending.id)
        return refuse('conflict', 'What was asked for has changed since you read it: look again.');
      if (decision.move === 'decline')
        return did({ kind: 'request_declined', what: pending.terms.kind, reason: decision.reason });
      return approve(exception, pending, person, context);
    }
    case 'assign': {
      const from = exception.owner;
      if (decision.ownerId !== null && context.newOwner === null)
        return refuse('bad_request', 'There is nobody with this id who may own it.');
      const to = decision.ownerId === null ? null : context.newOwner;
      if (from?.id === to?.id)
        return refuse('conflict', to ? `${to.name} owns it already.` : 'Nobody owns it.');
      return did({ kind: 'assigned', from, to, because: null });
    }
    case 'set_due': {
      const to = new Date(decision.dueAt);
      if (to <= now) return refuse('bad_request', 'The due date lies in the past.');
      return did({
        kind: 'due_set',
        from: toIsoMs(exception.dueAt),
        to: toIsoMs(to),
        reason: decision.reason,
      });
    }
  }
}

const NOTHING_ASKED = 'Nothing was asked for that could be decided.';
const ASKS: Readonly<Record<string, RequestKind>> = {
  request_acceptance: 'accept',
  request_extension: 'extend',
  request_false_positive: 'false_positive',
  request_resolution: 'resolve',
};

/** Why a move may not be made by anybody now, or not by this mover; null where it may. The words are for whoever would make it. */
export function whyBarred(
  exception: Exception,
  move: Decision['move'],
  mover: Mover,
): Extract<Verdict, { refused: string }> | null {
  const { state, request } = exception;
  const open = isOpen(state);
  const closed = `It is ${STATE_WORDS[state]}.`;
  if (move in ASKS || move === 'approve' || move === 'decline' || move === 'withdraw_request') {
    if (mover.person === null)
      return refuse(
        'forbidden',
        'That is a person’s act: sign in to do it. Keys and the command line may not.',
      );
  }
  switch (move) {
    case 'triage':
      return state === 'new' ? null : refuse('conflict', open ? 'It was triaged already.' : closed);
    case 'start_remediation':
      return state === 'new' || state === 'triaged'
        ? null
        : refuse('conflict', open ? 'It is in remediation already.' : closed);
    case 'claim_fixed':
      if (!open) return refuse('conflict', closed);
      if (exception.about === 'act')
        return refuse(
          'conflict',
          'What was done cannot be seen to be fixed: ask for its resolution instead.',
        );
      return exception.fixClaimed === null
        ? null
        : refuse('conflict', 'It was said to be fixed already; the next run verifies it.');
    case 'request_extension':
      if (state !== 'accepted') return refuse('conflict', 'Only what is accepted can be extended.');
      return request === null ? null : waiting(request);
    case 'request_resolution':
      if (!open) return refuse('conflict', closed);
      if (exception.about === 'state')
        return refuse(
          'conflict',
          'It is resolved by the next run that no longer finds it, not by a decision: say that it is fixed instead.',
        );
      return request === null ? null : waiting(request);
    case 'request_acceptance':
    case 'request_false_positive':
      if (!open)
        return refuse(
          'conflict',
          state === 'accepted' ? 'It is accepted: ask to extend, or reopen it.' : closed,
        );
      return request === null ? null : waiting(request);
    case 'approve':
    case 'decline':
      if (request === null) return refuse('conflict', NOTHING_ASKED);
      return mover.person !== null && samePerson(mover.person, request.by)
        ? refuse('forbidden', 'You requested this; someone else must decide.')
        : null;
    case 'withdraw_request':
      if (request === null) return refuse('conflict', NOTHING_ASKED);
      return mover.person !== null && samePerson(mover.person, request.by)
        ? null
        : refuse(
            'forbidden',
            `Only ${request.by.name} may withdraw what they requested; you may decline it.`,
          );
    case 'reopen':
      if (state === 'accepted' || state === 'false_positive')
        return exception.successorId === null
          ? null
          : refuse('conflict', 'It recurred: the newer one stands for it.');
      return refuse(
        'conflict',
        state === 'resolved' ? 'What is resolved opens anew by itself when it recurs.' : 'It is open.',
      );
    case 'assign':
      return state === 'resolved' || state === 'false_positive' ? refuse('conflict', closed) : null;
    case 'set_due':
      return open ? null : refuse('conflict', closed);
  }
}

/** Whether two accounts are one person: the same id, or the same address whatever its case. */
export function samePerson(a: Person, b: Person): boolean {
  return a.id === b.id || a.email.trim().toLowerCase() === b.email.trim().toLowerCase();
}

/** The latest instant at which an acceptance made now may end. */
export function latestExpiry(
  exception: Pick<Exception, 'severity'>,
  { now, sla }: { readonly now: Date; readonly sla: Sla },
): Date {
  return addMs(now, sla.maxAcceptDays[exception.severity] * DAY_MS);
}

export const STATE_WORDS: Readonly<Record<Exception['state'], string>> = {
  new: 'new',
  triaged: 'triaged',
  in_remediation: 'in remediation',
  accepted: 'accepted',
  false_positive: 'a false positive',
  resolved: 'resolved',
};

function approve(
  exception: Exception,
  pending: PendingRequest,
  person: Person,
  context: MoveContext,
): Verdict {
  const { terms } = pending;
  const risk = riskOf(exception, context.riskNow);
  if (graverOrOther(pending.risk, risk))
    return refuse(
      'conflict',
      'The risk changed since it was requested: decline it and have it requested anew.',
    );
  const granted = <T>(of: T): Granted<T> => ({
    requestId: pending.id,
    requestedAt: pending.at,
    requestedBy: pending.by,
    approvedAt: toIsoMs(context.now),
    approvedBy: person,
    terms: of,
    risk,
  });
  if (terms.kind === 'false_positive') {
    const { kind: _kind, ...of } = terms;
    return did({ kind: 'marked_false_positive', granted: granted(of) });
  }
  if (terms.kind === 'resolve') {
    const { kind: _kind, ...of } = terms;
    const says = `Resolved by decision of ${pending.by.name} and ${person.name}: ${of.reason}`;
    return did({
      kind: 'resolved',
      resolution: { how: 'decided', at: toIsoMs(context.now), says, granted: granted(of) },
    });
  }
  const wrong = wrongExpiry(exception, terms.expiresAt, context);
  if (wrong !== null) return refuse('conflict', wrong);
  const { kind, ...of } = terms;
  return did({ kind: 'accepted', extends: kind === 'extend', granted: granted(of) });
}

function wrongExpiry(exception: Exception, expiresAt: string, context: MoveContext): string | null {
  const at = new Date(expiresAt);
  if (at <= context.now) return 'The acceptance would have ended already.';
  const days = context.sla.maxAcceptDays[exception.severity];
  return at > latestExpiry(exception, context)
    ? `The acceptance would last longer than ${days} days, the longest for severity ${exception.severity}.`
    : null;
}

function ask(exception: Exception, context: MoveContext, terms: RequestTerms): Verdict {
  const { person } = context.mover;
  if (person === null) return refuse('forbidden', 'That is a person’s act.');
  const request: PendingRequest = {
    id: context.requestId,
    at: toIsoMs(context.now),
    by: person,
    terms,
    risk: riskOf(exception, context.riskNow),
  };
  return did({ kind: 'requested', request });
}

function waiting(request: PendingRequest): Extract<Verdict, { refused: string }> {
  return refuse('conflict', `What ${request.by.name} requested waits for a decision.`);
}

function did(happening: Happening): Verdict {
  return { happenings: [happening] };
}

function refuse(
  refused: 'forbidden' | 'conflict' | 'bad_request',
  because: string,
): Extract<Verdict, { refused: string }> {
  return { refused, because };
}

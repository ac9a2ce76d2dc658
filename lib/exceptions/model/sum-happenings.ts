import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { Exception, ExceptionState, Opening } from './exception';
import type { Happening } from './happening';

/** One happening in its place: who it was stands frozen. */
export type Happened = {
  readonly seq: number;
  readonly at: Date;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly happening: Happening;
};

/** The exception after all of its happenings, in order. Throws a RangeError where they do not begin with an opening. */
export function sumHappenings(happened: readonly Happened[]): Exception {
  let sum: Exception | null = null;
  for (const one of happened) sum = addHappening(sum, one);
  if (sum === null) throw new RangeError('an exception without happenings');
  return sum;
}

/** The exception after one more happening. Throws a RangeError where it does not fit on what was before. */
export function addHappening(before: Exception | null, { seq, at, actor, happening }: Happened): Exception {
  if (happening.kind === 'opened') {
    if (before !== null) throw new RangeError('an exception is opened once');
    return opened(happening.opening, seq, at);
  }
  if (before === null) throw new RangeError('an exception begins with its opening');
  if (seq !== before.lastSeq + 1) throw new RangeError(`happening ${seq} does not follow ${before.lastSeq}`);
  const now = { ...before, lastSeq: seq, updatedAt: at };
  const to = (state: ExceptionState, because: string | null = null) => ({
    ...now,
    state,
    stateSince: state === before.state ? before.stateSince : at,
    stateBecause: because,
  });
  switch (happening.kind) {
    case 'triaged':
      return to('triaged');
    case 'remediation_started':
      return to('in_remediation');
    case 'requested':
      return { ...now, request: happening.request };
    case 'request_declined':
    case 'request_withdrawn':
      return { ...now, request: null };
    case 'accepted':
      return {
        ...to('accepted'),
        stateSince: at,
        request: null,
        fixClaimed: null,
        acceptance: happening.granted,
      };
    case 'marked_false_positive':
      return { ...to('false_positive'), request: null, fixClaimed: null, falsePositive: happening.granted };
    case 'fix_claimed':
      return { ...to('in_remediation'), fixClaimed: { at, by: actor.name } };
    case 'fix_not_seen':
      return {
        ...now,
        fixClaimed: null,
        stateBecause: 'It was said to be fixed, and the next run still found it.',
      };
    case 'resolved':
      return {
        ...to('resolved', happening.resolution.says),
        request: null,
        fixClaimed: null,
        resolution: happening.resolution,
      };
    case 'expired':
      return backInQueue(to('new', `Its acceptance ended on ${day(happening.expiredAt)}.`), at);
    case 'went_stale':
      return backInQueue(to('new', happening.because), at);
    case 'reopened':
      return backInQueue(to('new', `Reopened by ${actor.name}: ${happening.reason}`), at);
    case 'recurred':
      return { ...now, successorId: happening.successorId };
    case 'risk_changed':
      return {
        ...now,
        severity: happening.to.severity,
        riskBasis: happening.to.riskBasis,
        sentence: happening.to.sentence,
      };
    case 'assigned':
      return { ...now, owner: happening.to };
    case 'due_set':
      return { ...now, dueAt: new Date(happening.to), dueSetBy: actor.name };
    case 'commented':
    case 'attached':
    case 'reminded':
      return now;
  }
}

function opened(opening: Opening, seq: number, at: Date): Exception {
  const openedAt = new Date(opening.openedAt);
  return {
    ...opening,
    openedAt,
    occurredAt: new Date(opening.occurredAt),
    state: 'new',
    stateSince: openedAt,
    stateBecause: null,
    dueAnchor: openedAt,
    dueAt: addMs(openedAt, opening.slaDays * DAY_MS),
    dueSetBy: null,
    fixClaimed: null,
    request: null,
    acceptance: null,
    falsePositive: null,
    resolution: null,
    successorId: null,
    lastSeq: seq,
    updatedAt: at,
  };
}

/** Somebody has to answer anew: the clock starts again, with the days it was opened with. */
function backInQueue(now: Exception, at: Date): Exception {
  return {
    ...now,
    request: null,
    fixClaimed: null,
    dueAnchor: at,
    dueAt: addMs(at, now.slaDays * DAY_MS),
    dueSetBy: null,
  };
}

function day(instant: string): string {
  return `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;
}

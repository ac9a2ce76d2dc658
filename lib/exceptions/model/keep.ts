import { DAY_MS, toIsoMs } from '@/lib/kernel/instant';
import type { Exception } from './exception';
import { isOpen } from './exception';
import type { Happening } from './happening';
import { graverOrOther, staleBecause } from './risk-then';

/** What a run says of a state. */
export type StandingNow = {
  readonly state: 'holds' | 'cleared' | 'not_evaluated';
  readonly since: Date;
  readonly checkedAt: Date;
  readonly times: number;
  readonly severity: Exception['severity'];
  readonly riskBasis: string;
  readonly sentence: string;
};

/**
 * What the passing of time and newer runs make of an exception by themselves. `standing`: null for acts. `evidence`: why an act is
 * answered now, or null. In order: a state that went is resolved, also when it came back since; an answer whose time or risk is over
 * returns to the queue. What could not be looked at changes nothing.
 */
export function keepUp(
  exception: Exception,
  seen: { readonly standing: StandingNow | null; readonly evidence: string | null },
  now: Date,
): Happening[] {
  const { standing, evidence } = seen;
  if (exception.state === 'resolved') return [];
  const ended: Happening[] = [];
  const { acceptance } = exception;
  const expired =
    exception.state === 'accepted' && acceptance !== null && new Date(acceptance.terms.expiresAt) <= now;
  if (standing === null) {
    if (evidence !== null && isOpen(exception.state)) return [resolved('evidence', now, evidence)];
    if (expired) ended.push({ kind: 'expired', expiredAt: acceptance.terms.expiresAt });
    return ended;
  }
  if (exception.state !== 'false_positive') {
    if (standing.state === 'cleared')
      return [resolved('verified', now, `A run as of ${minute(standing.checkedAt)} no longer found it.`)];
    if (standing.times > exception.stretch)
      return [
        resolved(
          'verified',
          now,
          `A run no longer found it before it came back on ${minute(standing.since)}.`,
        ),
      ];
  }
  if (expired) ended.push({ kind: 'expired', expiredAt: acceptance.terms.expiresAt });
  // What could not be looked at is as it was last seen; nothing new is concluded from it.
  if (standing.state !== 'holds' || standing.times !== exception.stretch) return ended;
  if (exception.fixClaimed !== null && standing.checkedAt > exception.fixClaimed.at)
    ended.push({ kind: 'fix_not_seen', checkedAt: toIsoMs(standing.checkedAt) });
  const answered =
    exception.state === 'accepted'
      ? acceptance
      : exception.state === 'false_positive'
        ? exception.falsePositive
        : null;
  if (!expired && answered !== null && graverOrOther(answered.risk, standing))
    ended.push({ kind: 'went_stale', because: staleBecause(answered.risk, standing) });
  // A sentence alone may tell of days that passed; it is shown as the run has it, and told only with the risk.
  if (exception.severity !== standing.severity || exception.riskBasis !== standing.riskBasis)
    ended.push({
      kind: 'risk_changed',
      from: { severity: exception.severity, riskBasis: exception.riskBasis, sentence: exception.sentence },
      to: { severity: standing.severity, riskBasis: standing.riskBasis, sentence: standing.sentence },
    });
  return ended;
}

export type Reminder = {
  /** Told once under this key. */
  readonly onceKey: string;
  readonly what: 'expiry' | 'due';
  readonly says: string;
};

const BEFORE_DAYS = [1, 7, 30] as const;

/**
 * The reminder that is due now, the nearest alone: 30, 7 and 1 days before an acceptance ends or before the due date, and once
 * after it passed. Null: none. A due date that began nearer than a mark is not reminded of at that mark.
 */
export function reminderOf(exception: Exception, now: Date): Reminder | null {
  const { acceptance } = exception;
  if (exception.state === 'accepted' && acceptance !== null)
    return before('expiry', new Date(acceptance.terms.expiresAt), new Date(acceptance.approvedAt), now);
  if (!isOpen(exception.state)) return null;
  if (exception.dueAt <= now)
    return {
      onceKey: `due/${toIsoMs(exception.dueAt)}/after`,
      what: 'due',
      says: `It was due on ${minute(exception.dueAt)}.`,
    };
  return before('due', exception.dueAt, exception.dueAnchor, now);
}

function before(what: Reminder['what'], at: Date, from: Date, now: Date): Reminder | null {
  const left = at.getTime() - now.getTime();
  const length = at.getTime() - from.getTime();
  for (const days of BEFORE_DAYS) {
    if (left > days * DAY_MS || left <= 0) continue;
    if (length <= days * DAY_MS) return null;
    const verb = what === 'expiry' ? 'Its acceptance ends' : 'It is due';
    return { onceKey: `${what}/${toIsoMs(at)}/${days}`, what, says: `${verb} on ${minute(at)}.` };
  }
  return null;
}

function resolved(how: 'verified' | 'evidence', now: Date, says: string): Happening {
  return { kind: 'resolved', resolution: { how, at: toIsoMs(now), says, granted: null } };
}

function minute(at: Date): string {
  return `${toIsoMs(at).slice(0, 16).replace('T', ' ')} UTC`;
}

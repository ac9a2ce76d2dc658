import type { ResponseMode, ResponseState } from '@/lib/alerts/contract/responses';
import { addMs, DAY_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { allPass, firstRefusal, type GuardOutcome } from './guards';
import { type Intent, wouldHave } from './response';

/** How long a response waits for its approval where the policy says nothing. */
export const DEFAULT_APPROVAL_MINUTES = 60;
/** What is older than this when it is found is history: nothing is done and nobody asked. */
export const HISTORIC_AFTER_MS = DAY_MS;

export type Proposal = {
  readonly mode: ResponseMode;
  readonly state: Extract<ResponseState, 'observed' | 'waiting' | 'approved' | 'refused'>;
  readonly because: string | null;
  readonly expiresAt: Date | null;
};

/**
 * What becomes of what a rule proposes. Observe: it would have been done. Ask: it waits for a person, unless a guard refuses
 * for good (a used-up limit may be free again by then). Act: only if every guard passes; not evaluated is no pass.
 */
export function decideProposal(asked: {
  readonly intent: Intent;
  readonly mode: ResponseMode;
  readonly occurredAt: Date;
  readonly foundAt: Date;
  readonly guards: readonly GuardOutcome[];
  readonly now: Date;
  readonly approvalMinutes: number;
}): Proposal {
  const { intent, mode, guards, now } = asked;
  const refusal = firstRefusal(guards);
  const historic = asked.foundAt.getTime() - asked.occurredAt.getTime() > HISTORIC_AFTER_MS;
  if (historic || mode === 'observe') {
    const word =
      refusal === null ? `${wouldHave(intent, now)}.` : `Would have been refused: ${refusal.because}`;
    const because = historic
      ? `It was older than a day when it was found, so nothing is done. ${word}`
      : word;
    return { mode: 'observe', state: 'observed', because, expiresAt: null };
  }
  if (mode === 'ask') {
    const lasting = guards.find(({ guard, outcome }) => outcome === 'refuse' && !guard.startsWith('limit_'));
    if (lasting !== undefined) return { mode, state: 'refused', because: lasting.because, expiresAt: null };
    const expiresAt = addMs(now, asked.approvalMinutes * MINUTE_MS);
    return { mode, state: 'waiting', because: 'It waits for a person’s approval.', expiresAt };
  }
  if (allPass(guards)) return { mode, state: 'approved', because: null, expiresAt: null };
  const first = refusal ?? guards.find(({ outcome }) => outcome !== 'pass');
  return { mode, state: 'refused', because: first?.because ?? 'Its guards were not asked.', expiresAt: null };
}

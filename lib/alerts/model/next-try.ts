import { addMs, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import type { ChannelKind, Purpose } from '../contract/deliveries';

/** First wait at most; doubled for each further try. */
export const BASE_WAIT_MS = SECOND_MS;
export const MAX_WAIT_MS = 5 * MINUTE_MS;
/** Tries after which a delivery is a dead letter. */
export const MAX_ATTEMPTS = 8;
/** A receiver that did not answer may still be at work on it: so long nothing is sent again. */
export const UNKNOWN_WAIT_MS = 30 * SECOND_MS;
/** Where a repetition would be shown twice, an unknown outcome is repeated once. */
const MAX_UNKNOWNS = 2;
/** Kinds whose receiver can tell a repetition by our key. */
const KEYED: readonly ChannelKind[] = ['inbox', 'servicenow', 'webhook'];

export type Tried = {
  readonly kind: ChannelKind;
  readonly purpose: Purpose;
  /** Tries so far, this one included. */
  readonly attempts: number;
  /** Those whose outcome is unknown, this one included. */
  readonly unknowns: number;
};

export type Outcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'again'; readonly because: string; readonly retryAfterMs: number | null }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'unknown'; readonly because: string };

export type Next =
  | { readonly state: 'delivered' }
  | { readonly state: 'waiting'; readonly nextAt: Date; readonly because: string }
  | { readonly state: 'dead'; readonly because: string };

/**
 * What becomes of a delivery after a try: full jitter over doubling waits, but never earlier than the receiver asked.
 * `chance` is in [0, 1). A test of a channel is tried once: somebody waits for the answer.
 */
export function nextTry(
  outcome: Outcome,
  tried: Tried,
  at: { readonly now: Date; readonly chance: number },
): Next {
  if (outcome.kind === 'delivered') return { state: 'delivered' };
  const { because } = outcome;
  if (outcome.kind === 'refused' || tried.purpose === 'test') return { state: 'dead', because };
  if (tried.attempts >= MAX_ATTEMPTS)
    return { state: 'dead', because: `Tried ${tried.attempts} times. ${because}` };
  if (outcome.kind === 'unknown' && !KEYED.includes(tried.kind) && tried.unknowns >= MAX_UNKNOWNS)
    return {
      state: 'dead',
      because: `Sent ${tried.unknowns} times without learning whether it arrived. ${because}`,
    };
  const jitterMs = at.chance * Math.min(MAX_WAIT_MS, BASE_WAIT_MS * 2 ** (tried.attempts - 1));
  const atLeastMs = outcome.kind === 'unknown' ? UNKNOWN_WAIT_MS : (outcome.retryAfterMs ?? 0);
  return { state: 'waiting', nextAt: addMs(at.now, Math.ceil(atLeastMs + jitterMs)), because };
}

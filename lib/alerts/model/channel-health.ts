import { addMs, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import type { Outcome } from './next-try';

/** Failures in a row after which a channel is left alone for a while. */
export const BREAK_AFTER = 5;
const FIRST_BREAK_MS = 30 * SECOND_MS;
const MAX_BREAK_MS = 5 * MINUTE_MS;

export type Health = {
  /** In a row. */
  readonly failures: number;
  /** Nothing is sent before. */
  readonly openUntil: Date | null;
};

export const HEALTHY: Health = { failures: 0, openUntil: null };

/** How many may be sent to the channel at this moment: none while it is left alone, one to probe it afterwards, else its bound. */
export function allowance(health: Health, at: { readonly now: Date; readonly bound: number }): number {
  if (health.openUntil !== null && health.openUntil > at.now) return 0;
  return health.failures >= BREAK_AFTER ? 1 : at.bound;
}

/**
 * The channel's health after a try. A refusal is an answer: the channel works, the message does not. Where the receiver asked
 * us to wait, the whole channel waits.
 */
export function healthAfter(before: Health, outcome: Outcome, now: Date): Health {
  if (outcome.kind === 'delivered' || outcome.kind === 'refused') return HEALTHY;
  const failures = before.failures + 1;
  const asked = outcome.kind === 'again' ? outcome.retryAfterMs : null;
  const breakMs =
    failures < BREAK_AFTER ? 0 : Math.min(MAX_BREAK_MS, FIRST_BREAK_MS * 2 ** (failures - BREAK_AFTER));
  const waitMs = Math.max(asked ?? 0, breakMs);
  return { failures, openUntil: waitMs === 0 ? null : addMs(now, waitMs) };
}

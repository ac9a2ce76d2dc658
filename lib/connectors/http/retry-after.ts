import { SECOND_MS } from '@/lib/kernel/instant';

/** First wait where the server names none; doubled for each further attempt. */
const FIRST_WAIT_MS = 500;

/**
 * Milliseconds to wait before the next attempt: what Retry-After says (seconds, or an HTTP date), else doubling from half
 * a second. `attempt` counts from 1.
 * Source: RFC 9110 section 10.2.3.
 */
export function waitBeforeRetry(attempt: number, retryAfter: string | null, now: Date): number {
  if (retryAfter !== null) {
    const text = retryAfter.trim();
    if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * SECOND_MS;
    const at = Date.parse(text);
    if (!Number.isNaN(at)) return Math.max(0, at - now.getTime());
  }
  return FIRST_WAIT_MS * 2 ** (attempt - 1);
}

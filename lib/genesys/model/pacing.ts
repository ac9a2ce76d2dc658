import { SECOND_MS } from '@/lib/kernel/instant';

/** What the three `inin-ratelimit-*` headers said. */
export type RateLimit = {
  readonly count: number;
  readonly allowed: number;
  /** Seconds left in the window. */
  readonly resetSeconds: number;
};

type Headers = Readonly<Record<string, string | undefined>>;

const MAX_WAIT_MS = 60 * SECOND_MS;
const FIRST_BACKOFF_MS = 3 * SECOND_MS;
const FIRST_NETWORK_BACKOFF_MS = 500;
const RESERVE = 10;
const BRACKETED = /\[(\d{1,5})\]/;

/** Reads the rate-limit headers (lower-cased names); null when one of them is missing or no number. */
export function readRateLimit(headers: Headers): RateLimit | null {
  const count = wholeNumber(headers['inin-ratelimit-count']);
  const allowed = wholeNumber(headers['inin-ratelimit-allowed']);
  const resetSeconds = wholeNumber(headers['inin-ratelimit-reset']);
  return count === null || allowed === null || resetSeconds === null
    ? null
    : { count, allowed, resetSeconds };
}

/**
 * Milliseconds to hold the next request back so that the window is not used up: until the reset when at most ten
 * requests are left (a tenth of the allowance where that is smaller), else 0.
 */
export function throttleMs(limit: RateLimit): number {
  const reserve = Math.min(RESERVE, Math.floor(limit.allowed / 10));
  return limit.allowed - limit.count <= reserve ? limit.resetSeconds * SECOND_MS : 0;
}

/**
 * Milliseconds the platform asks us to wait after a 429: `Retry-After`, else the number in square brackets of the
 * message, else the reset of the window and one second, else null. Not capped: the caller's patience is.
 */
export function askedWaitMs(headers: Headers, message: string): number | null {
  const retryAfter = wholeNumber(headers['retry-after']);
  if (retryAfter !== null) return retryAfter * SECOND_MS;
  const bracketed = BRACKETED.exec(message)?.[1];
  if (bracketed !== undefined) return Number(bracketed) * SECOND_MS;
  const reset = wholeNumber(headers['inin-ratelimit-reset']);
  return reset === null ? null : (reset + 1) * SECOND_MS;
}

/**
 * Milliseconds before attempt `attempt` (1 is the first repetition): doubling from 3 s (0.5 s after a broken connection),
 * capped at 60 s, then spread over the upper half by `random` in [0, 1) so that clients do not come back together.
 */
export function backoffMs(attempt: number, cause: 'answer' | 'network', random: number): number {
  const first = cause === 'network' ? FIRST_NETWORK_BACKOFF_MS : FIRST_BACKOFF_MS;
  const full = Math.min(MAX_WAIT_MS, first * 2 ** Math.min(attempt - 1, 16));
  return Math.round(full / 2 + (full / 2) * random);
}

function wholeNumber(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

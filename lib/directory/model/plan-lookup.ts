import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import { LOOKUP_REACH_MS } from './name-at';

/** Waiting time before the next try, by tries made; the last one repeats. */
const BACKOFF_MS = [MINUTE_MS, 2 * MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS];

/**
 * When an id is asked for again after `attempts` tries, or null once an answer would come too late to name the event of
 * `wantedAt`: the name read then would be a later one.
 */
export function nextLookUp(wantedAt: Date, attempts: number, now: Date): Date | null {
  const wait = BACKOFF_MS[Math.min(Math.max(attempts, 1), BACKOFF_MS.length) - 1] ?? MINUTE_MS;
  const next = addMs(now, wait);
  return isWithinReach(wantedAt, next) ? next : null;
}

/** Whether an answer at `askedAt` may still name an event of `wantedAt`. */
export function isWithinReach(wantedAt: Date, askedAt: Date): boolean {
  return askedAt.getTime() - wantedAt.getTime() <= LOOKUP_REACH_MS;
}

import { HOUR_MS } from '@/lib/kernel/instant';
import type { Person } from './subject';
import { hasLeft } from './who';

export const LEAVER_OUTCOMES = [
  'prompt',
  'late',
  'still_active',
  'unknown_to_platform',
  'not_evaluated',
] as const;
export type LeaverOutcome = (typeof LEAVER_OUTCOMES)[number];

/** What the directory knows of a leaver's account. */
export type LeaverAccount = {
  readonly userId: string;
  readonly active: boolean;
  /** When it was closed; null for an active one, or where the directory only ever saw it closed. */
  readonly closedAt: Date | null;
  readonly closedBasis: 'change' | 'snapshot' | null;
  readonly lastTokenAt: Date | null;
};

export type LeaverClock = {
  readonly personKey: string;
  readonly userId: string | null;
  readonly name: string | null;
  readonly terminatedAt: Date | null;
  readonly closedAt: Date | null;
  readonly closedBasis: 'change' | 'snapshot' | null;
  readonly lastTokenAt: Date | null;
  readonly outcome: LeaverOutcome;
  readonly because: string | null;
  /** From the end to the closing, or to now for an account still open. */
  readonly tookMs: number | null;
  /** How long after the end a token was still issued; null where none was seen. */
  readonly tokenAfterMs: number | null;
  readonly thresholdMs: number;
};

/** How fast a leaver's account was closed; null for somebody who has not left by `asOf`. */
export function leaverClock(
  person: Person,
  account: LeaverAccount | null,
  { asOf, leaverHours }: { readonly asOf: Date; readonly leaverHours: number },
): LeaverClock | null {
  if (!hasLeft(person, asOf)) return null;
  const thresholdMs = leaverHours * HOUR_MS;
  const end = person.terminatedAt;
  const since = (at: Date | null) => (at === null || end === null ? null : at.getTime() - end.getTime());
  const tokenAfter = since(account?.lastTokenAt ?? null);
  const clock = {
    personKey: person.key,
    userId: account?.userId ?? null,
    name: person.name,
    terminatedAt: end,
    closedAt: account?.closedAt ?? null,
    closedBasis: account?.closedBasis ?? null,
    lastTokenAt: account?.lastTokenAt ?? null,
    tokenAfterMs: tokenAfter !== null && tokenAfter > 0 ? tokenAfter : null,
    thresholdMs,
  };
  if (account === null)
    return {
      ...clock,
      outcome: 'unknown_to_platform',
      because: 'no account of the platform fits this person',
      tookMs: null,
    };
  if (account.active) return { ...clock, outcome: 'still_active', because: null, tookMs: since(asOf) };
  if (end === null)
    return { ...clock, outcome: 'not_evaluated', because: 'HR gives no end of employment', tookMs: null };
  // Closed before the end is as prompt as can be.
  const took = Math.max(0, since(account.closedAt) ?? Number.NaN);
  if (Number.isNaN(took))
    return {
      ...clock,
      outcome: 'not_evaluated',
      because: 'when the account was closed is not known',
      tookMs: null,
    };
  if (took <= thresholdMs) return { ...clock, outcome: 'prompt', because: null, tookMs: took };
  // A snapshot says only that it was closed by then: late by a snapshot alone is not proven.
  return account.closedBasis === 'snapshot'
    ? {
        ...clock,
        outcome: 'not_evaluated',
        because: 'only a snapshot shows that the account is closed, and it was taken after the time allowed',
        tookMs: took,
      }
    : { ...clock, outcome: 'late', because: null, tookMs: took };
}

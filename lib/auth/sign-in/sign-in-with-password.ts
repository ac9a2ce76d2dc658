import type { Database } from '@/lib/db/connection';
import { appendJournal } from '@/lib/journal/append';
import { sha256Hex } from '@/lib/kernel/hash';
import { findUserByEmail, passwordHashOf, putPasswordHash } from '../store/user-rows';
import { countUse, LOGIN_PER_ACCOUNT, LOGIN_PER_ADDRESS } from '../throttle';
import { hashPassword, isOutdated, verifyPassword } from './passwords';

export type PasswordAttempt = {
  readonly email: string;
  readonly password: string;
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly now: Date;
};

/** Refused says nothing of why: unknown, disabled, invited and mistyped look and last the same. */
export type SignInOutcome =
  | { readonly kind: 'signed_in'; readonly userId: string }
  | { readonly kind: 'refused' }
  | { readonly kind: 'throttled'; readonly retryAfterSeconds: number };

/**
 * Whether e-mail and password are those of an active person. Counted per account and per address, in the database, before
 * anything is looked up; every refusal is journaled.
 */
export async function signInWithPassword(db: Database, attempt: PasswordAttempt): Promise<SignInOutcome> {
  const email = attempt.email.trim().toLowerCase().slice(0, 320);
  const wait = await throttled(db, email, attempt);
  if (wait > 0) return { kind: 'throttled', retryAfterSeconds: wait };
  const user = await findUserByEmail(db.sql, email);
  const stored = await passwordHashOf(db.sql, user?.id ?? '');
  const usable = user?.state === 'active' ? stored : null;
  const fits = await verifyPassword(usable, attempt.password.slice(0, 1024));
  if (!user || !fits) {
    await appendJournal(db.sql, {
      actor: { kind: 'anonymous', id: null, name: 'Somebody', ip: attempt.ip, requestId: attempt.requestId },
      action: 'session.refused',
      objectType: 'user',
      objectId: user?.id ?? null,
      detail: { method: 'password', because: user && user.state !== 'active' ? user.state : 'no_match' },
    });
    return { kind: 'refused' };
  }
  if (isOutdated(stored ?? '')) {
    await putPasswordHash(db.sql, {
      userId: user.id,
      hash: await hashPassword(attempt.password),
      now: attempt.now,
    });
  }
  return { kind: 'signed_in', userId: user.id };
}

/** Seconds to wait, 0 when within the limits. The account is counted whether or not it exists. */
async function throttled(db: Database, email: string, { ip, now }: PasswordAttempt): Promise<number> {
  const account = await countUse(db.sql, {
    bucket: `login:account:${sha256Hex(email).slice(0, 32)}`,
    now,
    ...LOGIN_PER_ACCOUNT,
  });
  const address = ip
    ? await countUse(db.sql, { bucket: `login:address:${ip}`, now, ...LOGIN_PER_ADDRESS })
    : { allowed: true, retryAfterSeconds: 0 };
  if (account.allowed && address.allowed) return 0;
  return Math.max(
    account.allowed ? 0 : account.retryAfterSeconds,
    address.allowed ? 0 : address.retryAfterSeconds,
  );
}

import type { Database } from '@/lib/db/connection';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { passwordProblem } from '../model/password-policy';
import { hashPassword, verifyPassword } from '../sign-in/passwords';
import { endSessionsOf } from '../sign-in/sessions';
import { findUser, passwordHashOf, putPasswordHash } from '../store/user-rows';
import { countUse, LOGIN_PER_ACCOUNT, tooMany } from '../throttle';

export type PasswordChange = {
  readonly userId: string;
  readonly current: string;
  readonly wanted: string;
  /** The session that stays open. */
  readonly sessionId: string | null;
  readonly now: Date;
};

/**
 * Checks the present password and hashes the new one; the hash goes to `setPassword` inside the transaction.
 * Throws `bad_request` for a weak password, `forbidden` for a wrong present one, `too_many_requests`.
 */
export async function prepareNewPassword(db: Database, change: PasswordChange): Promise<string> {
  const user = await findUser(db.sql, change.userId);
  if (!user) throw requestError('not_found', 'cannot change the password: there is no such account');
  const counted = await countUse(db.sql, {
    bucket: `password:${user.id}`,
    now: change.now,
    ...LOGIN_PER_ACCOUNT,
  });
  if (!counted.allowed) throw tooMany('cannot change the password', counted.retryAfterSeconds);
  const problem = passwordProblem(change.wanted, [user.email, user.name]);
  if (problem) throw requestError('bad_request', `cannot take the password: ${problem}`);
  if (!(await verifyPassword(await passwordHashOf(db.sql, user.id), change.current))) {
    throw requestError('forbidden', 'cannot change the password: the present one does not fit');
  }
  return hashPassword(change.wanted);
}

/** Stores the new hash and ends the person's other sessions; journaled. */
export async function setPassword(
  sql: Parameters<typeof putPasswordHash>[0],
  change: PasswordChange & { readonly hash: string; readonly actor: JournalActor },
): Promise<void> {
  await putPasswordHash(sql, { userId: change.userId, hash: change.hash, now: change.now });
  const sessionsEnded = await endSessionsOf(
    sql,
    { userId: change.userId, ...(change.sessionId ? { exceptId: change.sessionId } : {}) },
    { now: change.now, reason: 'password_changed' },
  );
  await appendJournal(sql, {
    actor: change.actor,
    action: 'user.password_changed',
    objectType: 'user',
    objectId: change.userId,
    detail: { sessionsEnded },
    at: change.now,
  });
}

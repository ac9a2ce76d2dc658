import type { Database } from '@/lib/db/connection';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import { deleteOldSessions, insertSession, revokeSessions, type SessionMethod } from '../store/session-rows';
import { findUser } from '../store/user-rows';
import { AUDITOR_IDLE_SECONDS, IDLE_SECONDS, newSid, SESSION_SECONDS, sidHash } from './session-cookie';

/** Ended sessions are kept this long, for the question who was signed in. */
const KEEP_ENDED_MS = 30 * DAY_MS;

export type Opening = {
  readonly userId: string;
  readonly method: SessionMethod;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  readonly now: Date;
};

/** Opens a session, journals it and returns its id, of which only the hash is stored. Throws `unauthenticated` for a person who is not active. */
export async function openSession(db: Database, opening: Opening): Promise<string> {
  const sid = newSid();
  await db.transaction(async (sql) => {
    const user = await findUser(sql, opening.userId, true);
    if (user?.state !== 'active')
      throw requestError('unauthenticated', 'cannot sign in: the account is not active');
    const id = newId('session', opening.now);
    await insertSession(sql, {
      id,
      sidHash: sidHash(sid),
      userId: user.id,
      method: opening.method,
      now: opening.now,
      idleSeconds: user.role === 'auditor' ? AUDITOR_IDLE_SECONDS : IDLE_SECONDS,
      expiresAt: addMs(opening.now, SESSION_SECONDS * 1000),
      ip: opening.ip,
      userAgent: opening.userAgent?.slice(0, 300) ?? null,
    });
    await appendJournal(sql, {
      actor: { kind: 'person', id: user.id, name: user.name, ip: opening.ip, requestId: opening.requestId },
      action: 'session.opened',
      objectType: 'session',
      objectId: id,
      detail: { method: opening.method },
      at: opening.now,
    });
    await deleteOldSessions(sql, addMs(opening.now, -KEEP_ENDED_MS));
  });
  return sid;
}

/** Ends the session of a session id, journaled as its owner's act; a session already ended is none. */
export async function signOut(db: Database, sid: string, now: Date = new Date()): Promise<void> {
  await db.transaction(async (sql) => {
    const ended = await revokeSessions(sql, { sidHash: sidHash(sid) }, { now, reason: 'signed_out' });
    for (const session of ended) {
      await appendJournal(sql, {
        actor: { kind: 'person', id: session.userId, name: session.name },
        action: 'session.ended',
        objectType: 'session',
        objectId: session.id,
        detail: { because: 'signed_out' },
        at: now,
      });
    }
  });
}

/** Ends every open session of a person, at once for their next request; returns how many. The caller journals why. */
export async function endSessionsOf(
  sql: Sql,
  person: { readonly userId: string; readonly exceptId?: string },
  end: { readonly now: Date; readonly reason: string },
): Promise<number> {
  return (await revokeSessions(sql, person, end)).length;
}

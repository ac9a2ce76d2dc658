import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import type { Role } from '@/lib/kernel/words';
import { endSessionsOf } from '../sign-in/sessions';
import { countOtherAdmins, findUser, hasCredential, type User, updateUser } from '../store/user-rows';

export type ByWhom = { readonly actor: JournalActor; readonly now: Date };

/** Changes what is given; state first, so that a person just enabled can be given a role. Throws `not_found` and `conflict`. */
export async function changeUser(
  sql: Sql,
  change: {
    readonly userId: string;
    readonly role?: Role;
    readonly orgScope?: readonly string[] | null;
    readonly state?: 'active' | 'disabled';
  },
  by: ByWhom,
): Promise<User> {
  const { userId, role, orgScope, state } = change;
  const before = await existing(sql, userId);
  if (state === 'disabled' && before.state !== 'disabled') await disableUser(sql, userId, by);
  if (state === 'active' && before.state === 'disabled') await enableUser(sql, userId, by);
  if (role !== undefined || orgScope !== undefined) {
    return changeRole(
      sql,
      { userId, role: role ?? before.role, ...(orgScope === undefined ? {} : { orgScope }) },
      by,
    );
  }
  return existing(sql, userId);
}

/** Gives a person another role and ends their sessions, so that the new one counts at once. Throws `not_found`, and `conflict` for the last administrator. */
export async function changeRole(
  sql: Sql,
  change: { readonly userId: string; readonly role: Role; readonly orgScope?: readonly string[] | null },
  by: ByWhom,
): Promise<User> {
  const user = await existing(sql, change.userId);
  if (user.role === 'admin' && change.role !== 'admin') await keepAnAdmin(sql, user);
  await updateUser(sql, user.id, {
    role: change.role,
    ...(change.orgScope === undefined ? {} : { orgScope: change.orgScope }),
  });
  const sessionsEnded = await endSessionsOf(
    sql,
    { userId: user.id },
    { now: by.now, reason: 'role_changed' },
  );
  await appendJournal(sql, {
    actor: by.actor,
    action: 'user.role_changed',
    objectType: 'user',
    objectId: user.id,
    detail: {
      from: { role: user.role, orgScope: user.orgScope },
      to: { role: change.role, orgScope: change.orgScope === undefined ? user.orgScope : change.orgScope },
      sessionsEnded,
    },
    at: by.now,
  });
  return existing(sql, user.id);
}

/** Closes an account and ends its sessions; the person stays in what they did. Throws `not_found`, and `conflict` for the last administrator. */
export async function disableUser(sql: Sql, userId: string, by: ByWhom): Promise<User> {
  const user = await existing(sql, userId);
  if (user.role === 'admin' && user.state === 'active') await keepAnAdmin(sql, user);
  await updateUser(sql, user.id, { state: 'disabled' });
  const sessionsEnded = await endSessionsOf(sql, { userId: user.id }, { now: by.now, reason: 'disabled' });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'user.disabled',
    objectType: 'user',
    objectId: user.id,
    detail: { role: user.role, sessionsEnded },
    at: by.now,
  });
  return existing(sql, user.id);
}

/** Opens a closed account again; they sign in as before. Throws `not_found`. */
export async function enableUser(sql: Sql, userId: string, by: ByWhom): Promise<User> {
  const user = await existing(sql, userId);
  if (user.state === 'disabled') {
    await updateUser(sql, user.id, { state: (await hasCredential(sql, user.id)) ? 'active' : 'invited' });
  }
  await appendJournal(sql, {
    actor: by.actor,
    action: 'user.enabled',
    objectType: 'user',
    objectId: user.id,
    detail: { role: user.role, from: user.state },
    at: by.now,
  });
  return existing(sql, user.id);
}

/** Ends every session of a person at once. Throws `not_found`. */
export async function signOutEverywhere(sql: Sql, userId: string, by: ByWhom): Promise<number> {
  const user = await existing(sql, userId);
  const sessionsEnded = await endSessionsOf(sql, { userId }, { now: by.now, reason: 'ended_by_admin' });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'user.sessions_ended',
    objectType: 'user',
    objectId: user.id,
    detail: { sessionsEnded },
    at: by.now,
  });
  return sessionsEnded;
}

async function existing(sql: Sql, userId: string): Promise<User> {
  const user = await findUser(sql, userId, true);
  if (!user) throw requestError('not_found', 'cannot change the person: there is no such account');
  return user;
}

async function keepAnAdmin(sql: Sql, user: User): Promise<void> {
  if ((await countOtherAdmins(sql, user.id)) > 0) return;
  throw requestError('conflict', 'cannot take the last administrator away', {
    hint: 'Make another person administrator first.',
  });
}

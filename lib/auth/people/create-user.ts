import type { Database, WriteTransaction } from '@/lib/db/connection';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { Role } from '@/lib/kernel/words';
import { passwordProblem } from '../model/password-policy';
import { generatePassword, hashPassword } from '../sign-in/passwords';
import { insertUser, putPasswordHash, type User } from '../store/user-rows';

export type NewUser = {
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Organisations the person may see; null or absent: all. */
  readonly orgScope?: readonly string[] | null;
  /** A password, `generate` for one of ours, or `invite`: the person signs in through the OpenID provider. */
  readonly password:
    | { readonly kind: 'given'; readonly value: string }
    | { readonly kind: 'generate' }
    | { readonly kind: 'invite' };
};

/** What `createUser` needs hashed before its transaction begins. */
export type PreparedPassword = { readonly hash: string | null; readonly generated: string | null };

/** Checks and hashes the password. Outside any transaction: hashing takes its time. Throws `bad_request` for a weak one. */
export async function preparePassword(user: NewUser): Promise<PreparedPassword> {
  if (user.password.kind === 'invite') return { hash: null, generated: null };
  if (user.password.kind === 'generate') {
    const generated = generatePassword();
    return { hash: await hashPassword(generated), generated };
  }
  const problem = passwordProblem(user.password.value, [user.email, user.name]);
  if (problem) throw requestError('bad_request', `cannot take the password: ${problem}`);
  return { hash: await hashPassword(user.password.value), generated: null };
}

/** Adds a person and journals it. Throws `conflict` when the e-mail address is taken. */
export async function addUser(
  { sql }: Pick<WriteTransaction, 'sql'>,
  wanted: NewUser,
  { password, actor, now }: { password: PreparedPassword; actor: JournalActor; now: Date },
): Promise<User> {
  const user: User = {
    id: newId('user', now),
    email: wanted.email.trim().toLowerCase(),
    name: wanted.name.trim(),
    role: wanted.role,
    orgScope: wanted.orgScope ?? null,
    state: password.hash === null ? 'invited' : 'active',
    createdAt: now,
    lastSignInAt: null,
  };
  if (!/^[^\s@]+@[^\s@]+$/.test(user.email) || user.name === '') {
    throw requestError('bad_request', 'cannot add the person: an e-mail address and a name are needed');
  }
  if (!(await insertUser(sql, user))) {
    throw requestError('conflict', 'cannot add the person: the e-mail address is taken', {
      hint: 'Change the role of the account that has it, or use another address.',
    });
  }
  if (password.hash !== null) await putPasswordHash(sql, { userId: user.id, hash: password.hash, now });
  await appendJournal(sql, {
    actor,
    action: 'user.created',
    objectType: 'user',
    objectId: user.id,
    detail: { name: user.name, role: user.role, state: user.state, orgScope: user.orgScope },
    at: now,
  });
  return user;
}

/** Both steps for callers with no transaction of their own, such as `tallystick user create`; `password` is set when generated. */
export async function createUser(
  db: Database,
  wanted: NewUser,
  actor: JournalActor,
  now: Date = new Date(),
): Promise<{ user: User; password: string | null }> {
  const password = await preparePassword(wanted);
  const user = await db.transaction((sql) => addUser({ sql }, wanted, { password, actor, now }));
  return { user, password: password.generated };
}

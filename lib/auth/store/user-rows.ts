import type { Sql } from '@/lib/db/sql';
import { ROLES, type Role } from '@/lib/kernel/words';

export type UserState = 'invited' | 'active' | 'disabled';

export type User = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: Role;
  /** Organisations the person may see; null: all. */
  readonly orgScope: readonly string[] | null;
  readonly state: UserState;
  readonly createdAt: Date;
  readonly lastSignInAt: Date | null;
};

type Row = {
  id: string;
  email: string;
  name: string;
  role: string;
  org_scope: string[] | null;
  state: UserState;
  created_at: Date;
  last_sign_in_at: Date | null;
};

const COLUMNS = 'id, email, name, role, org_scope::text[] as org_scope, state, created_at, last_sign_in_at';

export async function insertUser(sql: Sql, user: User): Promise<boolean> {
  const rows = await sql.query(
    `insert into app_user (id, email, name, role, org_scope, state, created_at)
     values ($1, $2, $3, $4, $5::text[]::uuid[], $6, $7) on conflict (email) do nothing returning id`,
    [user.id, user.email, user.name, user.role, user.orgScope, user.state, user.createdAt],
  );
  return rows.length === 1;
}

/** The person, locked until the transaction ends when `lock` is given. */
export async function findUser(sql: Sql, id: string, lock = false): Promise<User | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from app_user where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] ? user(rows[0]) : null;
}

export async function findUserByEmail(sql: Sql, email: string, lock = false): Promise<User | null> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from app_user where email = $1 ${lock ? 'for update' : ''}`,
    [email.toLowerCase()],
  );
  return rows[0] ? user(rows[0]) : null;
}

export async function listUsers(sql: Sql): Promise<User[]> {
  const rows = await sql.query<Row>(`select ${COLUMNS} from app_user order by lower(name), id limit 2000`);
  return rows.map(user);
}

export async function updateUser(
  sql: Sql,
  id: string,
  change: { role?: Role; state?: UserState; orgScope?: readonly string[] | null; name?: string },
): Promise<void> {
  await sql.query(
    `update app_user set role = coalesce($2, role), state = coalesce($3, state), name = coalesce($4, name),
       org_scope = case when $5 then $6::text[]::uuid[] else org_scope end
     where id = $1`,
    [
      id,
      change.role ?? null,
      change.state ?? null,
      change.name ?? null,
      change.orgScope !== undefined,
      change.orgScope ?? null,
    ],
  );
}

/** How many active administrators there are besides this person; the last one must stay. */
export async function countOtherAdmins(sql: Sql, id: string): Promise<number> {
  // Locking all of them makes two administrators who demote each other at once wait for one another.
  const rows = await sql.query(
    `select id from app_user where role = 'admin' and state = 'active' order by id for update`,
  );
  return rows.filter((row) => row.id !== id).length;
}

export async function passwordHashOf(sql: Sql, userId: string): Promise<string | null> {
  const rows = await sql.query<{ hash: string }>('select hash from user_password where user_id = $1', [
    userId,
  ]);
  return rows[0]?.hash ?? null;
}

/** Whether the person has a way to sign in: a password or a linked identity. */
export async function hasCredential(sql: Sql, userId: string): Promise<boolean> {
  const rows = await sql.query(
    'select 1 from user_password where user_id = $1 union all select 1 from user_identity where user_id = $1 limit 1',
    [userId],
  );
  return rows.length > 0;
}

export async function putPasswordHash(
  sql: Sql,
  entry: { userId: string; hash: string; now: Date },
): Promise<void> {
  await sql.query(
    `insert into user_password (user_id, hash, changed_at) values ($1, $2, $3)
     on conflict (user_id) do update set hash = excluded.hash, changed_at = excluded.changed_at`,
    [entry.userId, entry.hash, entry.now],
  );
}

export async function findIdentity(
  sql: Sql,
  identity: { issuer: string; subject: string },
): Promise<string | null> {
  const rows = await sql.query<{ user_id: string }>(
    'select user_id from user_identity where issuer = $1 and subject = $2',
    [identity.issuer, identity.subject],
  );
  return rows[0]?.user_id ?? null;
}

export async function insertIdentity(
  sql: Sql,
  link: { issuer: string; subject: string; userId: string; now: Date },
): Promise<void> {
  await sql.query('insert into user_identity (issuer, subject, user_id, linked_at) values ($1, $2, $3, $4)', [
    link.issuer,
    link.subject,
    link.userId,
    link.now,
  ]);
}

function user(row: Row): User {
  const role = ROLES.find((name) => name === row.role);
  if (!role) throw new TypeError(`a stored role is unknown: ${row.role}`);
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role,
    orgScope: row.org_scope,
    state: row.state,
    createdAt: row.created_at,
    lastSignInAt: row.last_sign_in_at,
  };
}

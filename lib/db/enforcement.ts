import { databaseError } from './errors';
import type { Sql } from './sql';

export type Enforcement = {
  /** Whether the login that web and workers use cannot act as the owner of the facts, not even on purpose. */
  readonly enforced: boolean;
  readonly login: string;
  /** Why not, as a sentence with its cure; null when enforced. */
  readonly because: string | null;
};

/** Whether the database itself keeps the running product from changing facts; asked by `doctor` and the trust line. */
export async function enforcement(sql: Sql): Promise<Enforcement> {
  const rows = await sql.query<{ login: string; owner: boolean; super: boolean }>(
    `select session_user::text login, pg_has_role(session_user, 'tally_owner', 'member') "owner",
       (select rolsuper from pg_roles where rolname = session_user) super`,
  );
  const row = rows[0];
  if (!row) throw databaseError('database_unreachable', 'cannot ask the database for its rights: no answer');
  if (!row.owner && !row.super) return { enforced: true, login: row.login, because: null };
  const why = row.super ? 'is a superuser' : 'may act as tally_owner';
  return {
    enforced: false,
    login: row.login,
    because: `The login ${row.login} ${why}, so append-only is kept by the product, not by the database. Set DATABASE_OWNER_URL to that login and DATABASE_URL to one that is a member of tally_app alone.`,
  };
}

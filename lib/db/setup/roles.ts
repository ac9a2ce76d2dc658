import type pg from 'pg';
import { databaseError, sqlState } from '@/lib/db/errors';
import { withConnection } from '@/lib/db/pool';

const OLDEST_SERVER = 150_000;
/** Roles belong to the cluster, so processes that prepare two databases of it must take turns. */
const ROLES_LOCK = 7_321_001;

/**
 * Makes the four roles of the product and gives the database to `tally_owner`, all where missing; needs a superuser, or a
 * login with CREATEROLE that owns the database. Several databases of one cluster share the roles.
 *
 * `appLogin` is the login that web and workers use: `tally_app` itself, made with the password given, or another one,
 * which becomes a member of `tally_app`.
 */
export async function ensureRoles(options: {
  readonly ownerUrl: string;
  readonly appLogin: { readonly name: string; readonly password: string };
}): Promise<void> {
  await withConnection({ url: options.ownerUrl, applicationName: 'tallystick-roles' }, async (client) => {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [ROLES_LOCK]);
    try {
      await makeRoles(client, options.appLogin);
      await giveDatabase(client);
    } catch (error) {
      const state = sqlState(error);
      if (state !== '42501' && state !== '0LP01') throw error;
      throw databaseError('database_rights_missing', `cannot prepare the database: ${messageOfPg(error)}`, {
        hint: `Let an administrator run, on this database: ${rightsSql(options.appLogin.name)}`,
        cause: error,
      });
    } finally {
      await client.query('select pg_advisory_unlock($1)', [ROLES_LOCK]);
    }
  });
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const found = await client.query<{ server_version_num: string; server_version: string }>(
    `select current_setting('server_version_num') server_version_num, current_setting('server_version') server_version`,
  );
  const version = found.rows[0];
  if (Number(version?.server_version_num) < OLDEST_SERVER) {
    throw databaseError(
      'database_too_old',
      `cannot use this database: it is PostgreSQL ${version?.server_version}, 15 or newer is needed`,
    );
  }
}

const ROLES = ['tally_owner', 'tally_app', 'tally_viewer', 'tally_self', 'tally_queue'] as const;

async function makeRoles(client: pg.Client, appLogin: { name: string; password: string }): Promise<void> {
  const existing = new Set(
    (
      await client.query<{ rolname: string }>('select rolname from pg_roles where rolname = any($1)', [
        [...ROLES],
      ])
    ).rows.map((r) => r.rolname),
  );
  for (const role of ROLES) {
    if (existing.has(role)) continue;
    // tally_app inherits nothing: what it may do as viewer, person or queue it does by taking that role.
    await client.query(`create role ${role} ${role === 'tally_app' ? 'login noinherit' : 'nologin'}`);
  }
  // A membership that stands is left alone: granting it again needs rights that a plain login may not have.
  for (const role of ['tally_viewer', 'tally_self', 'tally_queue'])
    await grantMembership(client, role, 'tally_app');
  const admin = (
    await client.query<{ name: string; super: boolean }>(
      'select rolname "name", rolsuper super from pg_roles where rolname = current_user',
    )
  ).rows[0];
  if (!admin?.super) {
    // Migrations act as tally_owner, and the queue's schema is made for tally_queue.
    for (const role of ['tally_owner', 'tally_queue']) await grantMembership(client, role, admin?.name ?? '');
  }
  if (appLogin.name === 'tally_app') {
    if (!existing.has('tally_app') || !(await hasPassword(client)))
      await setAppPassword(client, appLogin.password);
  } else if (appLogin.name !== admin?.name || !admin.super) {
    await grantMembership(client, 'tally_app', appLogin.name);
  }
}

async function grantMembership(client: pg.Client, role: string, member: string): Promise<void> {
  const stands = await client.query<{ is: boolean }>(
    `select exists (select from pg_auth_members m join pg_roles r on r.oid = m.roleid join pg_roles u on u.oid = m.member
     where r.rolname = $1 and u.rolname = $2 and (to_jsonb(m) ->> 'set_option') is distinct from 'false') "is"`,
    [role, member],
  );
  if (!stands.rows[0]?.is) await client.query(`grant ${quoted(role)} to ${quoted(member)}`);
}

/** Whether tally_app can log in already. Only a superuser may look; for others an existing role counts as ready. */
async function hasPassword(client: pg.Client): Promise<boolean> {
  const allowed = await client.query<{ may: boolean }>(
    `select has_table_privilege('pg_catalog.pg_authid', 'select') may`,
  );
  if (!allowed.rows[0]?.may) return true;
  const found = await client.query<{ has: boolean }>(
    `select rolpassword is not null has from pg_authid where rolname = 'tally_app'`,
  );
  return found.rows[0]?.has ?? false;
}

/** Sets the password of the login that web and workers use. */
export async function setAppPassword(client: pg.Client, password: string): Promise<void> {
  if (password === '') return;
  await client.query(`alter role tally_app password ${client.escapeLiteral(password)}`);
}

async function giveDatabase(client: pg.Client): Promise<void> {
  const found = await client.query<{
    name: string;
    owner: string;
    schema_owner: string;
    queue_owner: string | null;
  }>(
    `select d.datname "name", pg_get_userbyid(d.datdba) "owner", pg_get_userbyid(n.nspowner) schema_owner,
       (select pg_get_userbyid(q.nspowner) from pg_namespace q where q.nspname = 'bullmq') queue_owner
     from pg_database d, pg_namespace n where d.datname = current_database() and n.nspname = 'public'`,
  );
  const database = found.rows[0];
  if (!database) return;
  if (database.owner !== 'tally_owner') {
    await client.query(`grant create on database ${quoted(database.name)} to tally_owner`);
    if (!(await attempt(client, `alter database ${quoted(database.name)} owner to tally_owner`))) {
      // Handing a database over needs CREATEDB; the schema is enough for migrations.
      if (database.schema_owner !== 'tally_owner')
        await client.query('alter schema public owner to tally_owner');
    }
  }
  if (database.queue_owner === null) await client.query('create schema bullmq authorization tally_queue');
}

async function attempt(client: pg.Client, statement: string): Promise<boolean> {
  try {
    await client.query(statement);
    return true;
  } catch (error) {
    if (sqlState(error) === '42501') return false;
    throw error;
  }
}

function rightsSql(login: string): string {
  return [
    'create role tally_owner nologin; create role tally_app login noinherit; create role tally_viewer nologin; create role tally_self nologin; create role tally_queue nologin;',
    'grant tally_viewer, tally_self, tally_queue to tally_app;',
    login === 'tally_app' ? '' : `grant tally_app to ${quoted(login)};`,
    'alter schema public owner to tally_owner; create schema bullmq authorization tally_queue;',
    'grant tally_owner, tally_queue to <the login of DATABASE_OWNER_URL>;',
  ]
    .filter(Boolean)
    .join(' ');
}

function messageOfPg(error: unknown): string {
  return error instanceof Error ? error.message : 'not permitted';
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

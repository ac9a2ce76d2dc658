import { databaseError, sqlState } from '@/lib/db/errors';
import { withConnection } from '@/lib/db/pool';
import { assertMigrated, type MigrationProgress, migrate } from './migrate';
import { ensureRoles } from './roles';

/**
 * Makes a database ready for this code: roles, ownership, migrations. `ownerUrl` may be the application's own address; where
 * that login has no rights over tables, a database that another process prepared is only looked at.
 */
export async function prepareDatabase(options: {
  readonly ownerUrl: string;
  readonly appLogin: { readonly name: string; readonly password: string };
  readonly onProgress?: MigrationProgress;
}): Promise<void> {
  if (await mayPrepare(options.ownerUrl)) {
    await ensureRoles(options);
    await migrate(options);
  } else {
    await assertMigrated(options.ownerUrl);
  }
}

/** Whether this login can act as the owner, or make the roles; false only where they stand and it is an ordinary member. */
async function mayPrepare(url: string): Promise<boolean> {
  try {
    return await withConnection({ url, applicationName: 'tallystick-prepare' }, async (client) => {
      const found = await client.query<{ may: boolean }>(
        `select u.rolsuper or u.rolcreaterole
           or not exists (select from pg_roles where rolname = 'tally_app')
           or not pg_has_role(u.oid, (select oid from pg_roles where rolname = 'tally_app'), 'member')
           or coalesce(pg_has_role(u.oid, (select oid from pg_roles where rolname = 'tally_owner'), 'member'), false) may
         from pg_roles u where u.rolname = session_user`,
      );
      return found.rows[0]?.may ?? true;
    });
  } catch (error) {
    throw unreachable(url, error);
  }
}

function unreachable(address: string, error: unknown): Error {
  if (error instanceof Error && sqlState(error) === null && !('code' in error)) return error;
  const url = new URL(address);
  const reasons = error instanceof AggregateError ? error.errors : [error];
  const why = [...new Set(reasons.map((one) => (one instanceof Error ? one.message : String(one))))].join(
    '; ',
  );
  return databaseError(
    'database_unreachable',
    `cannot open the database ${url.pathname.slice(1)} at ${url.host}: ${why}`,
    {
      hint: 'Check DATABASE_URL and DATABASE_OWNER_URL; the database must exist.',
      cause: error,
    },
  );
}

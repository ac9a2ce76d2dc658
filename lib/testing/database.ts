import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { withDatabase, withLogin } from '@/lib/db/address';
import { type Database, openDatabase, sqlOf } from '@/lib/db/connection';
import { connectionConfig } from '@/lib/db/pool';
import type { Sql } from '@/lib/db/sql';

export type TestDatabase = {
  /** As the product runs: `tally_app`. */
  readonly db: Database;
  /** Address of the same login, for processes and a second pool. */
  readonly url: string;
  /** A superuser's address, for migrations and what the product must not do. */
  readonly ownerUrl: string;
  /** A superuser, whom triggers bind but grants and policies do not. */
  readonly owner: Sql;
  drop(): Promise<void>;
};

/** A fresh, migrated database of its own; call in `beforeAll`, and `drop` in `afterAll`. */
export async function testDatabase(): Promise<TestDatabase> {
  const { superUrl, appPassword, template } = inject('testServer');
  const name = `t_${randomBytes(8).toString('hex')}`;
  const admin = new pg.Client({ connectionString: superUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template} strategy file_copy owner tally_owner`);

  const ownerUrl = withDatabase(superUrl, name);
  const url = withLogin(ownerUrl, { name: 'tally_app', password: appPassword });
  const owner = new pg.Pool({
    ...connectionConfig({ url: ownerUrl, applicationName: 'test-owner' }),
    max: 2,
  });
  owner.on('error', () => {}); // a test may end every connection of its database
  const db = openDatabase({ url, applicationName: 'test' });

  return {
    db,
    url,
    ownerUrl,
    owner: sqlOf(owner),
    async drop() {
      await Promise.all([db.close(), owner.end()]);
      await admin.query(`drop database if exists ${name} with (force)`);
      await admin.end();
    },
  };
}

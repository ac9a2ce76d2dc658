import { chmodSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { type Database, sqlOf } from '@/lib/db/connection';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { openPool, withConnection } from '@/lib/db/pool';
import { database } from '@/lib/db/process-database';
import type { Sql } from '@/lib/db/sql';
import { openVault, type Vault } from '@/lib/vault/vault';
import { temporaryHouse } from '../torture/temporary-house';

/** The product's own database and vault in a temporary folder: embedded PostgreSQL as it is shipped, fsync on. */
export type BenchHouse = {
  readonly db: Database;
  /** A superuser, for what the product must not do: server-side files, triggers off. */
  readonly owner: Sql;
  readonly vault: Vault;
  /** A folder that the server may write. */
  readonly files: string;
  /** Stops the server and removes everything; `atOnce` ends what still runs. */
  close(atOnce?: boolean): Promise<void>;
};

export async function openBenchHouse(): Promise<BenchHouse> {
  const house = temporaryHouse('tallystick-bench');
  const ready = await ensureDatabase(
    { DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined, DATA_DIR: house.dataDir },
    { processName: 'bench' },
  );
  const pool = openPool({ url: ready.ownerUrl ?? ready.url, applicationName: 'bench-owner', max: 1 });
  const files = path.join(house.folder, 'files');
  mkdirSync(files);
  chmodSync(files, 0o777);
  let closing: Promise<void> | undefined;
  async function close(atOnce: boolean): Promise<void> {
    if (atOnce) await endStatements(ready.ownerUrl ?? ready.url);
    await pool.end();
    await ready.leave();
    house.remove();
  }
  return {
    db: database(),
    owner: sqlOf(pool),
    vault: openVault(`file:${house.dataDir}/vault`),
    files,
    // Once, however often it is asked for: an interrupt comes in the middle of the work it makes fail.
    close: (atOnce = false) => (closing ??= close(atOnce)),
  };
}

async function endStatements(url: string): Promise<void> {
  await withConnection({ url, applicationName: 'bench-end' }, (client) =>
    client.query(
      `select pg_cancel_backend(pid) from pg_stat_activity where application_name like '%bench%' and pid <> pg_backend_pid()`,
    ),
  );
}

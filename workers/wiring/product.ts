import path from 'node:path';
import type { Database } from '@/lib/db/connection';
import { ensureDatabase, type ReadyDatabase } from '@/lib/db/ensure-database';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import type { Env } from '@/lib/env/load-env';
import { openVault, type Vault } from '@/lib/vault/vault';
import { Connections } from './connections';

/** Everything the pipeline acts with, opened once per process. */
export type Product = {
  readonly env: Env;
  readonly db: Database;
  readonly vault: Vault;
  readonly connections: Connections;
  /** Folder for mirrors of repositories and other things that can be fetched again. */
  readonly cacheDir: string;
};

/** The product on the database that this process was given by its parent. */
export function productOfProcess(): Product {
  return productOn(database());
}

/** For the command line: makes sure of the database, hands the product to `run`, and leaves the database as it was found. */
export async function withProduct<T>(
  processName: string,
  run: (product: Product, ready: ReadyDatabase) => Promise<T>,
  onProgress: (sentence: string) => void = () => {},
): Promise<T> {
  const ready = await ensureDatabase(env(), { processName, onProgress });
  try {
    return await run(productOn(database()), ready);
  } finally {
    await ready.leave();
  }
}

function productOn(db: Database): Product {
  const settings = env();
  const cacheDir = path.join(settings.DATA_DIR, 'cache');
  return {
    env: settings,
    db,
    vault: openVault(settings.vault),
    connections: new Connections(db, settings, cacheDir),
    cacheDir,
  };
}

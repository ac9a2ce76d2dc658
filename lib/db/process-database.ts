import { processVariable } from '@/lib/env/process-environment';
import { type Database, openDatabase } from './connection';
import { databaseError } from './errors';

/** Set for child processes by whoever prepared the database; holds the login of web and workers. */
export const PREPARED_DATABASE_URL = 'TALLYSTICK_DATABASE_URL';
/** What the process calls itself in pg_stat_activity: web, worker, cli. */
export const PROCESS_NAME = 'TALLYSTICK_PROCESS';
/** Connections per process for statements; the queue and Prisma have their own pools. */
export const POOL_SIZE = 'TALLYSTICK_POOL_SIZE';

type Held = { address?: { url: string; applicationName: string }; database?: Database };

declare global {
  var tallystickDatabase: Held | undefined;
}

// On globalThis, because Next evaluates a module once per bundle and each would open a pool of its own.
function held(): Held {
  globalThis.tallystickDatabase ??= {};
  return globalThis.tallystickDatabase;
}

/** The database of this process, opened at first use. Throws `database_not_prepared` when nobody prepared one. */
export function database(): Database {
  const mine = held();
  if (!mine.database) {
    const { url, applicationName } = mine.address ?? addressOfChild();
    const max = Number(processVariable(POOL_SIZE));
    mine.database = openDatabase({ url, applicationName, ...(max > 0 ? { max } : {}) });
  }
  return mine.database;
}

/** Names the database of this process; for the process that prepared it. */
export function provideDatabase(address: { readonly url: string; readonly applicationName: string }): void {
  held().address = { ...address };
}

/** The prepared address as child processes get it, for pools of their own such as the queue's. */
export function databaseUrl(): string {
  return (held().address ?? addressOfChild()).url;
}

/** Closes what `database()` opened; a later call opens it again. */
export async function closeDatabase(): Promise<void> {
  const mine = held();
  const open = mine.database;
  delete mine.database;
  await open?.close();
}

function addressOfChild(): { url: string; applicationName: string } {
  const url = processVariable(PREPARED_DATABASE_URL);
  if (!url) {
    throw databaseError(
      'database_not_prepared',
      'cannot open the database: this process was not started by the supervisor',
      {
        hint: 'Start it with `npm start`, `npm run web`, `npm run worker` or `npm run dev`.',
      },
    );
  }
  return { url, applicationName: `tallystick-${processVariable(PROCESS_NAME) ?? 'web'}` };
}

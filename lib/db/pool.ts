import pg from 'pg';
import { log } from '@/lib/log/log';

const INT8: number = 20;
const INT8_ARRAY: number = 1016;
const DATE: number = 1082;
const DATE_ARRAY: number = 1182;

/**
 * How our rows come: counts stay far below 2^53, so int8 is a number; a calendar `date` has no zone and stays the text
 * `2026-11-20`, since pg would make it midnight of the machine's zone.
 */
export const ROW_TYPES: pg.CustomTypesConfig = {
  getTypeParser(oid, format) {
    if (format !== 'binary') {
      if (oid === INT8) return Number;
      if (oid === INT8_ARRAY) return (text: string) => flatArray(text, Number);
      if (oid === DATE) return (text: string) => text;
      if (oid === DATE_ARRAY) return (text: string) => flatArray(text, String);
    }
    return pg.types.getTypeParser(oid, format);
  },
};

/** The roles a connection may act as (design 4). */
export type DatabaseRole = 'tally_owner' | 'tally_app' | 'tally_queue';

export type ConnectionOptions = {
  readonly url: string;
  readonly applicationName: string;
  readonly role?: DatabaseRole;
  /** Schemas that unqualified names are looked up in; the server's default when absent. */
  readonly searchPath?: string;
};

/** What pg needs to connect: our row types, UTC, and the role taken with the first packet. */
export function connectionConfig(options: ConnectionOptions): pg.ClientConfig {
  const url = new URL(options.url);
  const settings = ['-c TimeZone=UTC'];
  if (options.role) settings.push(`-c role=${options.role}`);
  if (options.searchPath) settings.push(`-c search_path=${options.searchPath}`);
  // An address's own options come first, so that ours win; left in the address they would replace ours.
  const own = url.searchParams.get('options');
  url.searchParams.delete('options');
  return {
    connectionString: url.toString(),
    application_name: options.applicationName,
    options: own ? `${own} ${settings.join(' ')}` : settings.join(' '),
    types: ROW_TYPES,
  };
}

/** A pool that outlives the death of an idle connection: without a listener that would end the process. */
export function openPool(options: ConnectionOptions & { readonly max: number }): pg.Pool {
  const pool = new pg.Pool({ ...connectionConfig(options), max: options.max });
  pool.setMaxListeners(50);
  // The pool listens to the connections it holds, not to those it has lent out: one that is lent, idle and lost (the lock of a
  // collection) would end the process. Whoever holds it learns of it with the next statement.
  pool.on('connect', (client) => client.on('error', () => {}));
  pool.on('error', (error) => {
    log.warn(
      { room: 'db', application: options.applicationName, reason: error.message },
      'idle database connection lost',
    );
  });
  return pool;
}

/** One connection, opened, lent to `run`, and closed. */
export async function withConnection<T>(
  options: ConnectionOptions,
  run: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client(connectionConfig(options));
  client.on('error', () => {}); // the statement that is running, or the next one, rejects with it
  await client.connect();
  try {
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
}

/** One-dimensional arrays of values that are never quoted. */
function flatArray<T>(text: string, value: (text: string) => T): (T | null)[] {
  if (text === '{}') return [];
  return text
    .slice(1, -1)
    .split(',')
    .map((item) => (item === 'NULL' ? null : value(item)));
}

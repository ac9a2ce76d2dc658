import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { databaseError } from '@/lib/db/errors';
import { withConnection } from '@/lib/db/pool';
import { isChecksumOf, type Migration, readMigrations } from './migrations';

/** Two processes that start together apply migrations one after the other. */
const MIGRATION_LOCK = 7_321_002;

export type MigrationProgress = (event: {
  readonly kind: 'waiting' | 'applying' | 'applied';
  readonly name: string;
}) => void;

/** Prisma's own table, as its engine makes it, so that `prisma migrate deploy` and `status` agree with us. */
const HISTORY_TABLE = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null,
  checksum varchar(64) not null,
  finished_at timestamptz,
  migration_name varchar(255) not null,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz not null default now(),
  applied_steps_count integer not null default 0
)`;

/**
 * Applies the migrations that the database lacks, as `tally_owner`, one transaction each together with its row of history:
 * a kill leaves a migration done or not begun. Returns the names applied.
 *
 * Throws `database_newer` for a database that holds migrations this code does not know, and `migration_edited` for one
 * that was built from other text.
 */
export async function migrate(options: {
  readonly ownerUrl: string;
  readonly onProgress?: MigrationProgress;
  readonly migrations?: readonly Migration[];
}): Promise<string[]> {
  const known = options.migrations ?? (await readMigrations());
  return withConnection(
    { url: options.ownerUrl, applicationName: 'tallystick-migrate', role: 'tally_owner' },
    async (client) => {
      const free = await client.query<{ free: boolean }>('select pg_try_advisory_lock($1) free', [
        MIGRATION_LOCK,
      ]);
      if (!free.rows[0]?.free) {
        options.onProgress?.({ kind: 'waiting', name: 'another process migrates this database' });
        await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
      }
      await client.query(HISTORY_TABLE);
      const missing = await missingMigrations(client, known);
      // Processes without rights over tables look here whether the database is as they expect it.
      if (missing.length > 0) await client.query('grant select on public._prisma_migrations to tally_app');
      for (const migration of missing) {
        options.onProgress?.({ kind: 'applying', name: migration.name });
        await apply(client, migration);
        options.onProgress?.({ kind: 'applied', name: migration.name });
      }
      return missing.map((migration) => migration.name);
    },
  );
}

/**
 * Looks, with the rights of `tally_app` alone, whether the database is as this code expects it.
 * Throws `database_behind`, or what `migrate` throws.
 */
export async function assertMigrated(url: string): Promise<void> {
  const known = await readMigrations();
  await withConnection({ url, applicationName: 'tallystick-check', role: 'tally_app' }, async (client) => {
    const there = await client.query<{ there: boolean }>(
      `select to_regclass('public._prisma_migrations') is not null there`,
    );
    const missing = there.rows[0]?.there ? await missingMigrations(client, known) : known;
    if (missing.length === 0) return;
    throw databaseError(
      'database_behind',
      `cannot start on this database: it lacks ${missing.map((one) => one.name).join(', ')}`,
      {
        hint: 'Start Tallystick once with DATABASE_OWNER_URL set to a login that may change tables.',
      },
    );
  });
}

type HistoryRow = { migration_name: string; checksum: string; finished: boolean };

async function missingMigrations(client: pg.Client, known: readonly Migration[]): Promise<Migration[]> {
  const history = await client.query<HistoryRow>(
    `select migration_name, checksum, finished_at is not null finished
     from public._prisma_migrations where rolled_back_at is null order by started_at`,
  );
  const byName = new Map(known.map((migration) => [migration.name, migration]));
  const unknown = history.rows.filter((row) => !byName.has(row.migration_name));
  if (unknown.length > 0) {
    throw databaseError(
      'database_newer',
      `cannot start on this database: it is newer than this version of Tallystick (${unknown.map((row) => row.migration_name).join(', ')} unknown here)`,
      { hint: 'Install the version that made it, or a later one.' },
    );
  }
  for (const row of history.rows) {
    const migration = byName.get(row.migration_name);
    if (!row.finished) {
      throw databaseError(
        'migration_failed',
        `cannot migrate: ${row.migration_name} was begun by another tool and not finished`,
        {
          hint: 'Look at its effects, then `prisma migrate resolve`.',
        },
      );
    }
    if (migration && !isChecksumOf(migration, row.checksum)) {
      throw databaseError(
        'migration_edited',
        `cannot migrate: ${row.migration_name} was applied with other text than this version holds`,
        {
          hint: 'A migration that has landed is never edited; restore its text and add a new one.',
        },
      );
    }
  }
  const applied = new Set(history.rows.map((row) => row.migration_name));
  return known.filter((migration) => !applied.has(migration.name));
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  try {
    await client.query('begin');
    await client.query(migration.sql);
    await client.query(
      `insert into public._prisma_migrations (id, checksum, finished_at, migration_name, started_at, applied_steps_count)
       values ($1, $2, clock_timestamp(), $3, now(), 1)`,
      [randomUUID(), migration.checksum, migration.name],
    );
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw databaseError(
      'migration_failed',
      `cannot apply migration ${migration.name}: ${sentenceOf(error, migration.sql)}`,
      {
        cause: error,
      },
    );
  }
}

function sentenceOf(error: unknown, sql: string): string {
  if (!(error instanceof Error)) return 'unknown error';
  const position = 'position' in error ? Number(error.position) : Number.NaN;
  const line = Number.isNaN(position) ? '' : ` (line ${sql.slice(0, position).split('\n').length})`;
  const detail = 'detail' in error && typeof error.detail === 'string' ? `: ${error.detail}` : '';
  return `${error.message}${detail}${line}`;
}

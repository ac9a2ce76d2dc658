import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { databaseError } from '@/lib/db/errors';
import { readOrMakeSecret, secretFile } from '@/lib/env/kept-secrets';
import { binariesMajor } from './binaries';
import { waitForLock } from './file-lock';
import { embeddedPlace } from './place';
import { identityOf, isAlive, isSameProcess } from './process-identity';
import { initialise, isAnswering, recordedServer, type ServerPlace, startServer, stopServer } from './server';

/** First start on a slow machine: initdb, recovery after a crash. */
const LOCK_LIMIT_MS = 120_000;
const RECOVERY_LIMIT_MS = 90_000;

export type EmbeddedServer = {
  /** The superuser's address; only migrations use it. */
  readonly superUrl: string;
  readonly dataFolder: string;
  /** Whether it ran already. */
  readonly adopted: boolean;
  /** The folder outside DATA_DIR that was taken, or null. */
  readonly movedTo: string | null;
  /** Detaches this process; the last one to leave stops the server. */
  leave(): Promise<void>;
};

export type EmbeddedProgress = (sentence: string) => void;

/**
 * The PostgreSQL of a DATA_DIR: made at first use, started by whoever comes first, shared by all processes, stopped by the
 * last to leave. Survives kill -9 of its starter (it goes on and is adopted) and of itself (it recovers).
 */
export async function attachEmbedded(
  dataDir: string,
  onProgress: EmbeddedProgress = () => {},
  elsewhere?: string,
): Promise<EmbeddedServer> {
  mkdirSync(dataDir, { recursive: true });
  const lockFile = path.join(dataDir, 'postgres.lock');
  const lock = await waitForLock(lockFile, LOCK_LIMIT_MS);
  try {
    const place = await embeddedPlace(dataDir, elsewhere);
    if (place.movedTo)
      onProgress(
        `The database lives in ${place.movedTo}, since the user that runs it cannot reach ${dataDir}.`,
      );
    const password = await ensureCluster(place, dataDir, onProgress);
    const addressAt = (port: number) => `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
    const running = await findRunning(place, addressAt);
    if (!running) onProgress('Starting the embedded database.');
    const server =
      running ??
      (await startServer({
        ...place,
        settings: settings(),
        isReady: (port) => isAnswering(addressAt(port), place.dataFolder),
      }));
    const mark = announce(dataDir);
    return {
      superUrl: addressAt(server.port),
      dataFolder: place.dataFolder,
      adopted: running !== null,
      movedTo: place.movedTo,
      leave: () => leave({ dataDir, dataFolder: place.dataFolder, lockFile, mark }),
    };
  } finally {
    lock.release();
  }
}

/** Makes the cluster where there is none; gives the superuser's password. */
async function ensureCluster(
  place: ServerPlace,
  dataDir: string,
  onProgress: EmbeddedProgress,
): Promise<string> {
  const versionFile = path.join(place.dataFolder, 'PG_VERSION');
  const secret = secretFile(dataDir, 'postgres-superuser');
  if (existsSync(versionFile)) {
    const made = readFileSync(versionFile, 'utf8').trim();
    const major = await binariesMajor();
    if (made !== major) {
      throw databaseError(
        'embedded_failed',
        `cannot start the embedded database: its data is of PostgreSQL ${made}, the programs are ${major}`,
        {
          hint: 'Dump it with the programs that made it and load the dump into the new one, or go back to the version that made it.',
        },
      );
    }
    if (!existsSync(secret)) {
      throw databaseError('embedded_failed', `cannot open the embedded database: ${secret} is missing`, {
        hint: `Put the file back, or remove ${place.dataFolder} to begin with an empty database.`,
      });
    }
    return readOrMakeSecret(secret);
  }
  onProgress('Making the embedded database (first start only).');
  const password = readOrMakeSecret(secret);
  await initialise({ ...place, password });
  return password;
}

/** The server of this data folder, if one runs: also while it recovers; a dying one is waited for. */
async function findRunning(
  place: ServerPlace,
  addressAt: (port: number) => string,
): Promise<{ pid: number; port: number } | null> {
  for (const end = Date.now() + RECOVERY_LIMIT_MS; Date.now() < end; await sleep(50)) {
    const recorded = recordedServer(place.dataFolder);
    if (!recorded || !isAlive(recorded.pid)) return null;
    if (!isPostgres(recorded.pid)) {
      // The number was given to another process since; PostgreSQL itself would refuse to start because of it.
      rmSync(path.join(place.dataFolder, 'postmaster.pid'), { force: true });
      return null;
    }
    if (recorded.port > 0 && (await isAnswering(addressAt(recorded.port), place.dataFolder))) return recorded;
  }
  throw databaseError(
    'embedded_failed',
    'cannot start the embedded database: the one that runs does not answer',
    {
      hint: `See ${path.join(place.home, 'server.log')}`,
    },
  );
}

function isPostgres(pid: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    // A process that is just ending has no command line any more: it is waited for, not taken for another one.
    const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    return command === '' || /postgres/.test(command);
  } catch {
    return false;
  }
}

function announce(dataDir: string): string {
  const folder = path.join(dataDir, 'attached');
  mkdirSync(folder, { recursive: true });
  const mark = path.join(folder, `${process.pid}-${randomBytes(4).toString('hex')}`);
  writeFileSync(mark, identityOf(process.pid) ?? '', { mode: 0o600 });
  return mark;
}

async function leave(mine: {
  dataDir: string;
  dataFolder: string;
  lockFile: string;
  mark: string;
}): Promise<void> {
  if (!existsSync(mine.mark)) return;
  const lock = await waitForLock(mine.lockFile, LOCK_LIMIT_MS);
  try {
    rmSync(mine.mark, { force: true });
    if (othersAttached(path.dirname(mine.mark)) > 0) return;
    const server = recordedServer(mine.dataFolder);
    if (server && isAlive(server.pid) && isPostgres(server.pid)) await stopServer(server.pid, 'fast');
  } finally {
    lock.release();
  }
}

/** How many living processes are attached; marks of dead ones are cleared away. */
function othersAttached(folder: string): number {
  let living = 0;
  for (const name of readdirSync(folder)) {
    const mark = path.join(folder, name);
    if (isSameProcess(readFileSync(mark, 'utf8'))) living++;
    else rmSync(mark, { force: true });
  }
  return living;
}

/** A quarter of the memory for the server, between 256 MB and 2 GB, as it shares the machine with everything else. */
function settings(): string[] {
  const buffersMb = Math.min(2_048, Math.max(256, Math.floor(os.totalmem() / 4 / 1_048_576)));
  const values = {
    shared_buffers: `${buffersMb}MB`,
    effective_cache_size: `${buffersMb * 2}MB`,
    work_mem: '32MB',
    maintenance_work_mem: '256MB',
    max_wal_size: '4GB',
    max_connections: '200',
    jit: 'off', // our queries are short; compiling them costs more than it saves
    random_page_cost: '1.1',
    timezone: 'UTC',
    log_timezone: 'UTC',
    log_line_prefix: '%m [%p] ',
    log_checkpoints: 'off',
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

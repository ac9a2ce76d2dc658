import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { databaseError } from '@/lib/db/errors';
import { AppError } from '@/lib/kernel/errors';
import type { ServerAccount } from './account';
import type { ServerBinaries } from './binaries';
import { freePort, isPortFree } from './free-port';
import { isAlive } from './process-identity';

const READY_LIMIT_MS = 60_000;
const STOP_LIMIT_MS = 60_000;
const MAX_LOG_BYTES = 10_000_000;
/** How long a killed server, or the last of its backends, may still hold the folder. */
const REAP_LIMIT_MS = 15_000;
const REAP_PAUSE_MS = 200;
const PORT_WAIT_MS = 3_000;
const STILL_LOCKED = /postmaster\.pid" already exists|shared memory block .* still in use/;

/** Where one server lives. `home` holds the log and is the working folder; the account may enter it. */
export type ServerPlace = {
  readonly binaries: ServerBinaries;
  readonly account: ServerAccount;
  readonly home: string;
  readonly dataFolder: string;
};

/** Makes an empty cluster, whole or not at all: a kill in the middle leaves no data folder. */
export async function initialise(
  place: ServerPlace & { readonly password: string; readonly sync?: boolean },
): Promise<void> {
  const { account, home, dataFolder } = place;
  mkdirSync(home, { recursive: true });
  own(account, home, 0o700);
  const draft = `${dataFolder}.making`;
  rmSync(draft, { recursive: true, force: true });
  const passwordFile = path.join(home, 'initial-password');
  writeFileSync(passwordFile, place.password, { mode: 0o600 });
  own(account, passwordFile, 0o600);
  try {
    let made = await makeCluster(place, draft, passwordFile, ['--locale=C.UTF-8']);
    // Not every C library has C.UTF-8; the built-in provider, which sorts, has it always.
    if (!made.ok)
      made = await makeCluster(place, draft, passwordFile, ['--locale=C', '--builtin-locale=C.UTF-8']);
    if (!made.ok)
      throw databaseError('embedded_failed', `cannot make the embedded database: ${made.lastLine}`);
    renameSync(draft, dataFolder);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

type StartPlace = ServerPlace & {
  readonly settings: readonly string[];
  readonly isReady: (port: number) => Promise<boolean>;
};

/**
 * Starts the server on a free port, detached, and waits until it answers. One that was killed and is not reaped yet still
 * counts as alive for PostgreSQL, which then refuses the folder; that passes by itself, so it is tried again for a while.
 */
export async function startServer(place: StartPlace): Promise<{ pid: number; port: number }> {
  for (const end = Date.now() + REAP_LIMIT_MS; ; await sleep(REAP_PAUSE_MS)) {
    try {
      return await startOnce(place);
    } catch (error) {
      if (!(error instanceof AppError && STILL_LOCKED.test(error.message)) || Date.now() > end) throw error;
    }
  }
}

async function startOnce(place: StartPlace): Promise<{ pid: number; port: number }> {
  const { binaries, account, home, dataFolder } = place;
  const port = await portFor(dataFolder);
  const logFile = path.join(home, 'server.log');
  if (existsSync(logFile) && statSync(logFile).size > MAX_LOG_BYTES) truncateSync(logFile, 0);
  const logHandle = openSync(logFile, 'a', 0o640);
  const from = statSync(logFile).size;
  const child = spawn(
    binaries.postgres,
    [
      '-D',
      dataFolder,
      '-p',
      String(port),
      '-c',
      'listen_addresses=127.0.0.1',
      '-c',
      'unix_socket_directories=',
      ...place.settings,
    ],
    // Its own session and no pipes: neither Ctrl-C nor the death of its parent reaches it.
    { ...account, cwd: home, detached: true, stdio: ['ignore', logHandle, logHandle] },
  );
  closeSync(logHandle);
  let ended: string | null = null;
  child.once('error', (error) => {
    ended = error.message;
  });
  child.once('exit', (code, signal) => {
    ended ??= `it ended with ${signal ?? `code ${code}`}`;
  });
  child.unref();
  for (const end = Date.now() + READY_LIMIT_MS; Date.now() < end; await sleep(25)) {
    if (ended !== null)
      throw databaseError(
        'embedded_failed',
        `cannot start the embedded database: ${lastWords(logFile, from) ?? ended}`,
        { hint: `See ${logFile}` },
      );
    if (child.pid && (await place.isReady(port))) return { pid: child.pid, port };
  }
  throw databaseError('embedded_failed', 'cannot start the embedded database: it does not answer', {
    hint: `See ${logFile}`,
  });
}

/**
 * The port that a server which died had, so that pools that know it find the next one there; its last processes may hold it a
 * moment longer. Any free one where there was none before, or somebody else took it.
 */
async function portFor(dataFolder: string): Promise<number> {
  const before = recordedServer(dataFolder)?.port ?? 0;
  for (const end = Date.now() + PORT_WAIT_MS; before > 0 && Date.now() < end; await sleep(50)) {
    if (await isPortFree(before, '127.0.0.1')) return before;
  }
  return freePort();
}

/** The server that a data folder says it has, from its pid file; it may be gone. */
export function recordedServer(dataFolder: string): { readonly pid: number; readonly port: number } | null {
  try {
    const lines = readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
    const pid = Number(lines[0]);
    const port = Number(lines[3]);
    return Number.isInteger(pid) && pid > 0 ? { pid, port: Number.isInteger(port) ? port : 0 } : null;
  } catch {
    return null;
  }
}

/** Whether a server answers at this address, and, if a data folder is given, whether it is that folder's. */
export async function isAnswering(address: string, dataFolder?: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: address, connectionTimeoutMillis: 2_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    if (dataFolder === undefined) return true;
    const found = await client.query<{ folder: string }>(`select current_setting('data_directory') folder`);
    return found.rows[0] !== undefined && realpathSync(found.rows[0].folder) === realpathSync(dataFolder);
  } catch {
    return false;
  } finally {
    await client.end().catch(() => {});
  }
}

/** Stops a server and waits until it is gone: `fast` ends connections and writes a checkpoint, `immediate` does not. */
export async function stopServer(pid: number, mode: 'fast' | 'immediate'): Promise<void> {
  try {
    process.kill(pid, mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
  } catch {
    return; // gone already
  }
  for (const end = Date.now() + STOP_LIMIT_MS; isAlive(pid); await sleep(20)) {
    if (Date.now() > end)
      throw databaseError('embedded_failed', `cannot stop the embedded database: process ${pid} still runs`);
  }
}

/** Gives a file or folder to the server's user; without one it stays ours. */
export function own(account: ServerAccount, target: string, mode: number): void {
  if (account) chownSync(target, account.uid, account.gid);
  chmodSync(target, mode);
}

/** The built-in locale provider sorts the same on every machine; ICU and libc do not. */
async function makeCluster(
  place: ServerPlace & { readonly sync?: boolean },
  folder: string,
  passwordFile: string,
  locale: readonly string[],
): Promise<{ ok: boolean; lastLine: string }> {
  const args = [
    '-D',
    folder,
    '-U',
    'postgres',
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale-provider=builtin',
    ...locale,
  ];
  args.push('--data-checksums', '--no-instructions', `--pwfile=${passwordFile}`);
  if (place.sync === false) args.push('--no-sync');
  return new Promise((resolve, reject) => {
    const child = spawn(place.binaries.initdb, args, {
      ...place.account,
      cwd: place.home,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
    child.stderr.on('data', (bytes: Buffer) => {
      output += bytes.toString();
    });
    child.once('error', reject);
    child.once('close', (code) =>
      resolve({ ok: code === 0, lastLine: output.trim().split('\n').at(-1) ?? '' }),
    );
  });
}

/** What the server last wrote as FATAL or ERROR since `from`. */
function lastWords(logFile: string, from: number): string | null {
  const lines = readFileSync(logFile).subarray(from).toString('utf8').trim().split('\n');
  return lines.findLast((line) => /FATAL|PANIC|error while loading/.test(line)) ?? lines.at(-1) ?? null;
}

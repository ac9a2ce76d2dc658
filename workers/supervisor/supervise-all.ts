import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { type FileLock, tryLock } from '@/lib/db/embedded/file-lock';
import { isPortFree } from '@/lib/db/embedded/free-port';
import { ensureDatabase, type ReadyDatabase } from '@/lib/db/ensure-database';
import { KEPT_SECRETS, keptSecret } from '@/lib/env/kept-secrets';
import type { Env } from '@/lib/env/load-env';
import { AppError } from '@/lib/kernel/errors';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { openVault } from '@/lib/vault/vault';
import { askedToStop } from '../runtime/asked-to-stop';
import type { ChildSpec } from './child';
import { assertBuilt, webChild, workerChild } from './children';
import { supervise } from './supervise';

export type SuperviseOptions = {
  readonly settings: Env;
  readonly web: 'start' | 'dev';
  readonly say: (line: string) => void;
  /** Runs with the database ready and before web and workers start; `database()` works in it. */
  readonly prepare?: (database: ReadyDatabase) => Promise<void>;
  /** Children besides web and worker; they start with them and stop after them. */
  readonly others?: readonly ChildSpec[];
  /** Runs once the web application answers. */
  readonly onReady?: (database: ReadyDatabase) => Promise<void>;
};

/**
 * The whole product under one supervisor: database and migrations, then web and worker as children. Returns the exit code when
 * it was asked to stop and everything has stopped: web first, then workers, then an embedded PostgreSQL.
 *
 * Throws before anything is started when another supervisor holds DATA_DIR, the port is taken, or a setting cannot work.
 */
export async function superviseAll(options: SuperviseOptions): Promise<number> {
  const { settings, say } = options;
  const stopping = new AbortController();
  const asked = askedToStop().then((reason) => {
    stopping.abort();
    return reason;
  });
  const lock = onlySupervisor(settings.DATA_DIR);
  try {
    if (options.web === 'start') assertBuilt();
    await assertPortFree(settings);
    openVault(settings.vault);
    const database = await ensureDatabase(settings, { processName: 'supervisor', onProgress: say });
    try {
      for (const name of KEPT_SECRETS) keptSecret(name); // made here once, so that web and worker find the same
      await assertQueueAnswers();
      await options.prepare?.(database);
      if (stopping.signal.aborted) return 0;
      return await runChildren(options, database, stopping.signal, asked);
    } finally {
      await database.leave();
    }
  } finally {
    lock.release();
  }
}

async function runChildren(
  options: SuperviseOptions,
  database: ReadyDatabase,
  stopping: AbortSignal,
  asked: Promise<string>,
): Promise<number> {
  const { settings, say } = options;
  const supervised = await supervise(
    [
      webChild(settings, options.web, database.childVariables),
      workerChild(database.childVariables),
      ...(options.others ?? []),
    ],
    stopping,
  );
  try {
    if (!stopping.aborted) {
      say(
        supervised.silent.length === 0
          ? `Tallystick is ready at ${settings.publicUrl}`
          : `Still waiting for ${supervised.silent.join(', ')}; the log lines above say why.`,
      );
      await options.onReady?.(database);
      await asked;
    }
  } finally {
    say('Stopping.');
    const unclean = await supervised.stop();
    if (unclean.length > 0) say(`Did not stop cleanly: ${unclean.join(', ')}.`);
  }
  return 0;
}

function onlySupervisor(dataDir: string): FileLock {
  mkdirSync(dataDir, { recursive: true });
  const got = tryLock(path.join(dataDir, 'supervisor.lock'));
  if ('lock' in got) return got.lock;
  throw new AppError({
    code: 'already_running',
    message: `cannot start: another Tallystick (process ${got.heldBy}) already runs on ${dataDir}`,
    hint: 'Stop it first, or set DATA_DIR to another folder.',
  });
}

async function assertPortFree({ HOST, PORT }: Env): Promise<void> {
  if (await isPortFree(PORT, HOST)) return;
  throw new AppError({
    code: 'port_taken',
    message: `cannot start: port ${PORT} on ${HOST} is taken`,
    hint: 'Set PORT to a free one.',
  });
}

/** Brings the queue's tables up to date, or finds out that Redis does not answer, before anything depends on it. */
async function assertQueueAnswers(): Promise<void> {
  await queueCounts();
  await closeQueue();
}

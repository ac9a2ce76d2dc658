import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import path from 'node:path';
import { PREPARED_DATABASE_URL, PROCESS_NAME } from '@/lib/db/process-database';
import { childEnvironment } from '@/lib/env/process-environment';
import { workerChild } from '@/workers/supervisor/children';

/**
 * The queue notices a killed worker this fast; the product's own times would make every restart a pause of 20 s. Much shorter
 * would take a busy worker on a busy machine for a dead one.
 */
const LOCK_MS = 4_000;
const STALLED_CHECK_MS = 1_000;

/** One run of the real worker process, until it is killed. */
export type WorkerProcess = {
  readonly startedAt: Date;
  /** Why it ended by itself, or null while it runs. */
  ended(): string | null;
  /** SIGKILL, and waits until it is gone. */
  kill(): Promise<void>;
  /** SIGTERM, as a supervisor does; false when it did not leave cleanly in time. */
  stop(limitMs: number): Promise<boolean>;
};

/** Starts the worker as the supervisor starts it, on a DATA_DIR and against the services named in `env`. */
export function startWorkerProcess(options: {
  readonly dataDir: string;
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}): WorkerProcess {
  const startedAt = new Date();
  const log = openSync(path.join(options.folder, 'worker.log'), 'a');
  const child: ChildProcess = spawn(process.execPath, [...workerChild({}).args], {
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
    env: childEnvironment({
      ...options.env,
      DATA_DIR: options.dataDir,
      DATABASE_URL: undefined,
      REDIS_URL: undefined,
      [PREPARED_DATABASE_URL]: undefined,
      [PROCESS_NAME]: 'worker',
      TALLYSTICK_JOB_LOCK_MS: String(LOCK_MS),
      TALLYSTICK_STALLED_CHECK_MS: String(STALLED_CHECK_MS),
      LOG_LEVEL: 'info',
    }),
  });
  closeSync(log);
  let end: string | null = null;
  const exited = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      end = signal ?? `code ${code}`;
      resolve();
    });
  });
  return {
    startedAt,
    ended: () => end,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
    async stop(limitMs) {
      child.kill('SIGTERM');
      const limit = setTimeout(() => child.kill('SIGKILL'), limitMs);
      await exited;
      clearTimeout(limit);
      return end === 'code 0' || end === 'code 143' || end === 'SIGTERM';
    },
  };
}

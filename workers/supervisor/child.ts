import { type ChildProcess, spawn } from 'node:child_process';
import { childEnvironment } from '@/lib/env/process-environment';
import { log } from '@/lib/log/log';

const FIRST_RESTART_MS = 1_000;
const LONGEST_RESTART_MS = 30_000;
/** A child that ran this long was well; the next crash begins to count anew. */
const WELL_MS = 60_000;
/** Ended by the signal it was sent, or by itself without complaint. */
const CLEAN_CODES: readonly (number | null)[] = [0, 130, 143];

export type ChildSpec = {
  readonly name: string;
  /** What Node runs: options, script, arguments. */
  readonly args: readonly string[];
  /** On top of our own environment; undefined takes a variable away. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
  /** How long it may take to stop before it is killed. */
  readonly stopLimitMs: number;
  /** Whether it answers; asked until it says so. Without it a child counts as ready when started. */
  readonly isReady?: () => Promise<boolean>;
};

export type Child = {
  readonly name: string;
  /** Process id, or null while it waits for its restart. */
  pid(): number | null;
  /** Sends SIGTERM, then SIGKILL after its limit; resolves when it is gone. `clean` is false when it had to be killed or complained. */
  stop(): Promise<{ readonly clean: boolean }>;
};

/**
 * Starts a child in a session of its own, so that Ctrl-C reaches the supervisor alone, with a channel whose end tells it that
 * we died; starts it again after a crash, later each time.
 */
export function startChild(spec: ChildSpec, restartMs: number = FIRST_RESTART_MS): Child {
  let running: ChildProcess | null = null;
  let stopping = false;
  let pause = restartMs;
  let timer: NodeJS.Timeout | undefined;

  function start(): void {
    const startedAt = Date.now();
    const child = spawn(process.execPath, [...spec.args], {
      detached: true,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: childEnvironment(spec.variables),
    });
    running = child;
    child.on('error', (error) =>
      log.error({ child: spec.name, reason: error.message }, 'child process failed'),
    );
    child.once('exit', (code, signal) => {
      running = null;
      if (stopping) return;
      if (Date.now() - startedAt > WELL_MS) pause = restartMs;
      log.error(
        { child: spec.name, code, signal, restartInMs: pause },
        'child process ended and will be started again',
      );
      timer = setTimeout(start, pause);
      pause = Math.min(pause * 2, LONGEST_RESTART_MS);
    });
  }

  start();
  return {
    name: spec.name,
    pid: () => running?.pid ?? null,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      const child = running;
      if (!child) return { clean: true };
      const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
        child.once('exit', (code, signal) => resolve({ code, signal }));
      });
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), spec.stopLimitMs);
      const { code, signal } = await ended;
      clearTimeout(kill);
      return { clean: CLEAN_CODES.includes(code) || signal === 'SIGTERM' || signal === 'SIGINT' };
    },
  };
}

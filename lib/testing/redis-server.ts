import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { TestProject } from 'vitest/node';
import { freePort } from '@/lib/db/embedded/free-port';
import { processVariable } from '@/lib/env/process-environment';

declare module 'vitest' {
  export interface ProvidedContext {
    redisUrl: string;
  }
}

/** Whether the tests on Redis can run here: a server given, or Debian's `redis-server` installed. */
export function hasRedis(): boolean {
  return (
    processVariable('REDIS_TEST_URL') !== undefined ||
    spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0
  );
}

/** Starts one Redis for the run, or takes REDIS_TEST_URL. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = processVariable('REDIS_TEST_URL');
  if (given) {
    project.provide('redisUrl', given);
    return async () => {};
  }
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tally-redis-'));
  const port = await freePort();
  const child = spawn(
    'redis-server',
    ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--dir', folder],
    { stdio: 'ignore' },
  );
  const stop = async () => {
    const ended = child.exitCode === null ? once(child, 'exit') : Promise.resolve();
    child.kill('SIGTERM');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  for (let i = 0; !(await answers(port)); i++) {
    if (i > 100 || child.exitCode !== null) {
      await stop();
      throw new Error('redis-server does not answer');
    }
    await sleep(50);
  }
  project.provide('redisUrl', `redis://127.0.0.1:${port}`);
  return stop;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => socket.end() && resolve(true));
    socket.once('error', () => resolve(false));
  });
}

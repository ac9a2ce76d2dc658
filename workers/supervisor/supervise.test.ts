import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { isAlive } from '@/lib/db/embedded/process-identity';
import type { ChildSpec } from './child';
import { supervise } from './supervise';

let folder: string;
let diary: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tally-supervise-'));
  diary = path.join(folder, 'diary');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;

/** A child that notes its start and what its script notes with `note(…)`. */
function child(name: string, script: string, stopLimitMs = 5_000): ChildSpec {
  const prelude = `const note = (word) => require('fs').appendFileSync(${JSON.stringify(diary)}, '${name} ' + word + '\\n'); setInterval(() => {}, 1000);`;
  return {
    name,
    args: ['-e', `${prelude}${script};note('up')`],
    stopLimitMs,
    isReady: async () => notes().includes(`${name} up`),
  };
}

function notes(): string[] {
  return existsSync(diary) ? readFileSync(diary, 'utf8').trim().split('\n') : [];
}

async function until(holds: () => boolean): Promise<void> {
  for (const end = Date.now() + 10_000; !holds(); await sleep(20))
    if (Date.now() > end) throw new Error('it did not happen in time');
}

const leaving = (code: number) => `process.on('SIGTERM', () => { note('left'); process.exit(${code}) })`;

describe('the supervisor', () => {
  test('stops its children one after the other, in the order given, and takes 143 and 130 as clean', async () => {
    const slowly = `process.on('SIGTERM', () => setTimeout(() => { note('left'); process.exit(143) }, 150))`;
    const supervised = await supervise(
      [child('web', slowly), child('worker', leaving(130)), child('proxy', leaving(0))],
      never,
    );
    expect(supervised.silent).toEqual([]);
    expect(await supervised.stop()).toEqual([]);
    expect(notes().filter((note) => note.endsWith('left'))).toEqual([
      'web left',
      'worker left',
      'proxy left',
    ]);
  });

  test('names what complained while stopping, and kills what does not stop', async () => {
    const supervised = await supervise(
      [child('rude', leaving(3)), child('deaf', `process.on('SIGTERM', () => {})`, 200)],
      never,
    );
    const pids = supervised.children.map((one) => one.pid() ?? 0);
    expect(await supervised.stop()).toEqual(['rude', 'deaf']);
    expect(pids.map(isAlive)).toEqual([false, false]);
  });

  test('starts a crashed child again, later each time, until it is well', async () => {
    const crashes = `if (require('fs').existsSync(${JSON.stringify(`${folder}/diary`)}) === false || require('fs').readFileSync(${JSON.stringify(`${folder}/diary`)}, 'utf8').split('crashed').length < 3) { note('crashed'); process.exit(1) }`;
    const supervised = await supervise([child('worker', crashes)], never, 20);
    expect(notes()).toEqual(['worker crashed', 'worker crashed', 'worker up']);
    await supervised.stop();
  });

  test('starts nothing again once it stops, also while a restart is due', async () => {
    const spec = child('worker', `note('crashed'); process.exit(1)`);
    const { isReady: _never, ...untold } = spec;
    const supervised = await supervise([untold], never, 50);
    await until(() => notes().length > 0);
    await supervised.stop();
    const before = notes().length;
    await sleep(100);
    expect(notes()).toHaveLength(before);
  });

  test('killed with -9 leaves no child behind that listens to its channel', async () => {
    const script = path.join(import.meta.dirname, '../../lib/testing/processes/supervise-one.ts');
    const orphan = `process.on('disconnect', () => process.exit(0)); setInterval(() => {}, 1000)`;
    const supervisor = spawn(process.execPath, ['--import', 'tsx', script, orphan], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = Number(String((await once(supervisor.stdout, 'data'))[0]));
    expect(isAlive(pid)).toBe(true);
    await sleep(100);
    supervisor.kill('SIGKILL');
    await until(() => !isAlive(pid));
  });
});

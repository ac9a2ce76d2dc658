import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { withConnection } from '@/lib/db/pool';
import { attachEmbedded, type EmbeddedServer } from './embedded';
import { tryLock } from './file-lock';
import { identityOf, isAlive, isSameProcess } from './process-identity';
import { recordedServer } from './server';
import { watchEmbedded } from './watch';

let base: string;
let folder: string;
const attached: EmbeddedServer[] = [];

beforeEach(() => {
  base = mkdtempSync(path.join(os.tmpdir(), 'tally-embedded-'));
  chmodSync(base, 0o755);
  folder = path.join(base, 'data');
});

afterEach(async () => {
  for (const server of attached.splice(0)) await server.leave();
  rmSync(base, { recursive: true, force: true });
});

async function attach(): Promise<EmbeddedServer> {
  const server = await attachEmbedded(folder, () => {}, path.join(base, 'elsewhere'));
  attached.push(server);
  return server;
}

function ask<Row extends object>(server: EmbeddedServer, statement: string): Promise<Row[]> {
  return withConnection(
    { url: server.superUrl, applicationName: 'test' },
    async (client) => (await client.query<Row>(statement)).rows,
  );
}

function serverPid(server: EmbeddedServer): number {
  return recordedServer(server.dataFolder)?.pid ?? 0;
}

async function gone(pid: number): Promise<void> {
  for (const end = Date.now() + 10_000; isAlive(pid) && Date.now() < end; ) await sleep(20);
  expect(isAlive(pid)).toBe(false);
}

describe('the embedded database', () => {
  test('is made at first start with checksums, scram and an order of text of its own, and keeps its data between runs', async () => {
    const first = await attach();
    expect(first.adopted).toBe(false);
    const [settings] = await ask<Record<string, string>>(
      first,
      `select current_setting('data_checksums') checksums, current_setting('password_encryption') passwords, current_setting('listen_addresses') addresses,
        current_setting('max_connections') connections, current_setting('fsync') fsync, (select datlocale from pg_database where datname = 'postgres') locale`,
    );
    expect(settings).toEqual({
      checksums: 'on',
      passwords: 'scram-sha-256',
      addresses: '127.0.0.1',
      connections: '200',
      fsync: 'on',
      locale: 'C.UTF-8',
    });
    await ask(first, 'create table kept as select 42 answer');
    const pid = serverPid(first);
    await first.leave();
    expect(isAlive(pid)).toBe(false);
    expect(await ask(await attach(), 'select answer from kept')).toEqual([{ answer: 42 }]);
    expect(statSync(path.join(folder, 'secrets', 'postgres-superuser')).mode & 0o777).toBe(0o600);
  });

  test('is shared: later ones attach, and only the last to leave stops it', async () => {
    const first = await attach();
    const second = await attach();
    expect(second).toMatchObject({ adopted: true, superUrl: first.superUrl });
    const pid = serverPid(first);
    await first.leave();
    await first.leave(); // leaving twice is leaving once
    expect(isAlive(pid)).toBe(true);
    await second.leave();
    expect(isAlive(pid)).toBe(false);
  });

  test('is made once when three processes start together, and outlives the kill -9 of the one that started it', async () => {
    const script = path.join(import.meta.dirname, '../../testing/processes/attach-embedded.ts');
    const children = [1, 2, 3].map(() =>
      spawn(process.execPath, ['--import', 'tsx', script, folder], { stdio: ['pipe', 'pipe', 'inherit'] }),
    );
    const answers: { adopted: boolean; superUrl: string }[] = await Promise.all(
      children.map(async (child) => JSON.parse(String((await once(child.stdout, 'data'))[0]))),
    );
    expect(answers.map((answer) => answer.adopted).sort()).toEqual([false, true, true]);
    expect(new Set(answers.map((answer) => answer.superUrl)).size).toBe(1);

    for (const child of children) child.kill('SIGKILL');
    await Promise.all(children.map((child) => once(child, 'exit')));
    const adopted = await attach();
    expect(adopted).toMatchObject({ adopted: true, superUrl: answers[0]?.superUrl });
    const pid = serverPid(adopted);
    await adopted.leave(); // the marks of the dead do not count
    expect(isAlive(pid)).toBe(false);
    expect(readdirSync(path.join(folder, 'attached'))).toEqual([]);
  });

  test('recovers what was committed after its own kill -9', async () => {
    const first = await attach();
    await ask(first, 'create table committed as select generate_series(1, 1000) n');
    const pid = serverPid(first);
    process.kill(pid, 'SIGKILL');
    const second = await attach(); // at once: the dead server may still be in the table of processes
    expect(second.adopted).toBe(false);
    expect(second.superUrl).toBe(first.superUrl); // the port it had, so that pools find it again
    expect(await ask(second, 'select count(*)::int n from committed')).toEqual([{ n: 1000 }]);
    await gone(pid);
  });

  test('is started again, where it was, when it dies under a process that watches it', async () => {
    const server = await attach();
    const pid = serverPid(server);
    const unwatch = watchEmbedded(folder, server);
    try {
      process.kill(pid, 'SIGKILL');
      await gone(pid);
      await expect
        .poll(() => ask(server, 'select 1 as n').catch(() => null), { timeout: 30_000 })
        .toEqual([{ n: 1 }]);
    } finally {
      await unwatch();
    }
    const again = serverPid(server);
    expect(again).not.toBe(pid);
    await server.leave();
    expect(isAlive(again)).toBe(false);
  });

  test('starts although a lock and a pid file of dead or unrelated processes are left', async () => {
    const first = await attach();
    const dataFolder = first.dataFolder;
    await first.leave();
    writeFileSync(path.join(folder, 'postgres.lock'), '999999 1 abc');
    const lines = `${process.pid}\n${dataFolder}\n1\n5\n\n127.0.0.1\n`;
    writeFileSync(path.join(dataFolder, 'postmaster.pid'), lines); // our number, but no PostgreSQL
    expect((await attach()).adopted).toBe(false);
  });

  test('moves out of a folder its user cannot reach, names the place, and changes no permission', async () => {
    mkdirSync(folder, { mode: 0o700 });
    const server = await attach();
    const isRoot = process.getuid?.() === 0;
    expect(server.movedTo?.startsWith(path.join(base, 'elsewhere')) ?? false).toBe(isRoot);
    expect(existsSync(path.join(folder, 'postgres-folder.txt'))).toBe(isRoot);
    if (isRoot)
      expect(readFileSync(path.join(folder, 'postgres-folder.txt'), 'utf8').trim()).toBe(server.movedTo);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  test('says what is missing when the password of existing data is gone', async () => {
    await (await attach()).leave();
    rmSync(path.join(folder, 'secrets', 'postgres-superuser'));
    await expect(attach()).rejects.toMatchObject({
      code: 'embedded_failed',
      message: expect.stringContaining('postgres-superuser is missing'),
    });
  });
});

describe('a file lock', () => {
  test('is held by one, released, and taken from the dead but not from the living', () => {
    const file = path.join(base, 'a.lock');
    const first = tryLock(file);
    expect(tryLock(file)).toEqual({ heldBy: process.pid });
    if ('lock' in first) first.lock.release();
    writeFileSync(file, `${process.pid} 12345 other-start`); // our number, but an earlier process had it
    expect(tryLock(file)).toHaveProperty('lock');
    expect(readdirSync(base)).toEqual(['a.lock']);
  });

  test('knows a process by number and start', () => {
    const mine = identityOf(process.pid);
    expect(mine).toMatch(new RegExp(`^${process.pid} .+`));
    expect(isSameProcess(mine ?? '')).toBe(true);
    expect(isSameProcess(`${process.pid} 1`)).toBe(false);
    expect(identityOf(2 ** 22 + 1)).toBeNull();
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256Hex } from '@/lib/kernel/hash';
import { openVault, type Vault } from './vault';

let folder: string;
let vault: Vault;

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'tally-vault-'));
  vault = openVault(`file:${folder}`);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function keys(prefix: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of vault.list(prefix)) found.push(key);
  return found.sort();
}

describe('an object', () => {
  test('is put once: the same bytes again are fine, other bytes are refused and change nothing', async () => {
    const bytes = Buffer.from('a page');
    expect(await vault.putOnce('raw/one/pag_1', bytes)).toEqual({
      key: 'raw/one/pag_1',
      sha256: sha256Hex(bytes),
      bytes: 6,
      existed: false,
    });
    expect(await vault.putOnce('raw/one/pag_1', bytes)).toMatchObject({
      existed: true,
      sha256: sha256Hex(bytes),
    });
    await expect(vault.putOnce('raw/one/pag_1', Buffer.from('b page'))).rejects.toMatchObject({
      code: 'vault_conflict',
    });
    await expect(vault.putOnce('raw/one/pag_1', Buffer.alloc(0))).rejects.toMatchObject({
      code: 'vault_conflict',
    });
    expect(await vault.get('raw/one/pag_1')).toEqual(bytes);
    expect(readdirSync(path.join(folder, '.incoming'))).toEqual([]);
  });

  test('put by ten at once is there once', async () => {
    const results = await Promise.all(
      Array.from({ length: 10 }, () => vault.putOnce('raw/x', Buffer.from('x'))),
    );
    expect(results.filter((result) => !result.existed)).toHaveLength(1);
  });

  test('is a file nobody may write to', async () => {
    await vault.putOnce('raw/x', Buffer.from('x'));
    const shard = readdirSync(path.join(folder, 'raw'))[0] ?? '';
    expect(statSync(path.join(folder, 'raw', shard, 'x')).mode & 0o222).toBe(0);
  });

  test('that is not there is said to be missing', async () => {
    await expect(vault.get('raw/none')).rejects.toMatchObject({ code: 'vault_missing' });
  });
});

describe('a key', () => {
  test.each([
    '../x',
    'a/../../x',
    '/etc/passwd',
    'a//b',
    '',
    '.',
    'a/.hidden',
    '~aa/x',
    'a\\b',
    'a\0b',
    'a/',
    'ü',
    `a/${'x'.repeat(201)}`,
  ])('%j is refused', async (key) => {
    await expect(vault.putOnce(key, Buffer.from('x'))).rejects.toMatchObject({ code: 'vault_key' });
    await expect(vault.get(key)).rejects.toMatchObject({ code: 'vault_key' });
  });

  test('is found by the beginning of its name, also inside a segment', async () => {
    for (const key of [
      'raw/org-a/2026-11-20/pag_1',
      'raw/org-a/2026-11-21/pag_2',
      'raw/org-b/pag_3',
      'pkg_4',
    ]) {
      await vault.putOnce(key, Buffer.from(key));
    }
    expect(await keys('raw/org-a/')).toEqual(['raw/org-a/2026-11-20/pag_1', 'raw/org-a/2026-11-21/pag_2']);
    expect(await keys('raw/org-')).toHaveLength(3);
    expect(await keys('raw/org-a/2026-11-20/pag')).toHaveLength(1);
    expect(await keys('')).toHaveLength(4);
    expect(await keys('nothing/here')).toEqual([]);
    await expect(keys('../')).rejects.toMatchObject({ code: 'vault_key' });
  });
});

test('what a kill left half written is cleared away after a day, not before', async () => {
  await vault.putOnce('a', Buffer.from('a'));
  const old = path.join(folder, '.incoming', 'old');
  const young = path.join(folder, '.incoming', 'young');
  writeFileSync(old, 'x');
  writeFileSync(young, 'x');
  const twoDaysAgo = new Date(Date.now() - 48 * 3_600_000);
  utimesSync(old, twoDaysAgo, twoDaysAgo);
  await openVault(`file:${folder}`).putOnce('b', Buffer.from('b'));
  expect(readdirSync(path.join(folder, '.incoming'))).toEqual(['young']);
});

test('a kill -9 at any moment leaves whole objects only', async () => {
  const script = path.join(import.meta.dirname, '../testing/processes/fill-vault.ts');
  for (let round = 0; round < 4; round++) {
    const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    await sleep(20 + round * 17);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  const found = await keys('raw/');
  expect(found.length).toBeGreaterThan(0);
  for (const key of found) expect(`raw/${sha256Hex(await vault.get(key))}`).toBe(key);
}, 20_000);

describe('an address', () => {
  test('that is no folder is refused with a sentence', () => {
    expect(() => openVault('s3://bucket/prefix')).toThrow('Object Lock comes with the evidence packages');
    expect(() => openVault('/tmp/x')).toThrow('it is not file:<folder>');
    expect(() => openVault('file:')).toThrow('it is not file:<folder>');
  });

  test('may be a file URL, too', async () => {
    await vault.putOnce('a', Buffer.from('a'));
    expect(await openVault(`file://${folder}`).get('a')).toEqual(Buffer.from('a'));
  });
});

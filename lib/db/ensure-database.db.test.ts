import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { isAlive } from './embedded/process-identity';
import { recordedServer } from './embedded/server';
import { enforcement } from './enforcement';
import { ensureDatabase } from './ensure-database';
import { database } from './process-database';

let testing: TestDatabase;
let base: string;
beforeAll(async () => {
  testing = await testDatabase();
  base = mkdtempSync(path.join(os.tmpdir(), 'tally-ensure-'));
  chmodSync(base, 0o755);
});
afterAll(async () => {
  await testing.drop();
  rmSync(base, { recursive: true, force: true });
});

test('nothing but a data folder gives a migrated database whose login can change no fact, and the last to leave stops it', async () => {
  const settings = {
    DATA_DIR: path.join(base, 'data'),
    DATABASE_URL: undefined,
    DATABASE_OWNER_URL: undefined,
  };
  const said: string[] = [];
  const first = await ensureDatabase(settings, {
    processName: 'test',
    onProgress: (line) => said.push(line),
  });
  expect(first.embedded).toBe(true);
  expect(said[0]).toContain('first start only');
  expect(await enforcement(database().sql)).toMatchObject({ enforced: true, login: 'tally_app' });
  await expect(database().sql.query('delete from org')).resolves.toEqual([]);
  await expect(database().sql.query('drop table org')).rejects.toMatchObject({ code: '42501' });

  const again = await ensureDatabase(settings, {
    processName: 'test',
    onProgress: (line) => said.push(line),
  });
  expect(again.url).toBe(first.url);
  expect(said.filter((line) => line.startsWith('Starting'))).toHaveLength(1);

  const pid = recordedServer(path.join(settings.DATA_DIR, 'postgres', 'data'))?.pid ?? 0;
  await first.leave();
  expect(isAlive(pid)).toBe(true);
  await again.leave();
  expect(isAlive(pid)).toBe(false);
});

test('a database of one’s own is used as it is, by its own login', async () => {
  const ready = await ensureDatabase(
    { DATA_DIR: base, DATABASE_URL: testing.url, DATABASE_OWNER_URL: testing.ownerUrl },
    { processName: 'test' },
  );
  expect(ready).toMatchObject({ url: testing.url, embedded: false, movedTo: null });
  expect(Object.values(ready.childVariables)).toEqual([testing.url]);
  expect(await database().sql.query('select current_user::text who')).toEqual([{ who: 'tally_app' }]);
  await ready.leave();
});

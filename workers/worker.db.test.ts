import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PREPARED_DATABASE_URL } from '@/lib/db/process-database';
import { openBackend } from '@/lib/queue/backend';
import { lanesOf } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { HANDLERS } from './handlers/handlers';
import { JOBS } from './jobs';
import { startChild } from './supervisor/child';
import { workerChild } from './supervisor/children';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

test('every job of the list has its handler and a name of its own', () => {
  const names = JOBS.map((job) => job.name);
  expect(Object.keys(HANDLERS).sort()).toEqual([...names].sort());
  expect(new Set(names).size).toBe(names.length);
});

test('a worker process on a prepared database keeps the schedules and leaves cleanly when asked', async () => {
  const variables = { [PREPARED_DATABASE_URL]: testing.url, REDIS_URL: undefined, LOG_LEVEL: 'silent' };
  const worker = startChild({ ...workerChild({}), variables });
  const backend = await openBackend({
    redisUrl: undefined,
    databaseUrl: testing.url,
    applicationName: 'test',
    workers: 0,
  });
  const lanes = lanesOf(backend);
  const wanted = JOBS.filter((job) => job.schedule !== null)
    .map((job) => job.name)
    .sort();
  const scheduled = async () => {
    const all = await Promise.all([lanes.quick.getJobSchedulers(), lanes.long.getJobSchedulers()]);
    return all
      .flat()
      .map((one) => one.key)
      .sort();
  };
  try {
    for (const end = Date.now() + 20_000; (await scheduled()).length < wanted.length && Date.now() < end; )
      await sleep(50);
    expect(await scheduled()).toEqual(wanted);
  } finally {
    expect(await worker.stop()).toEqual({ clean: true });
    await Promise.all([lanes.quick.close(), lanes.long.close()]);
    await backend.close();
  }
  const left = await testing.owner.query(
    `select application_name from pg_stat_activity where datname = current_database() and application_name like 'tallystick%'`,
  );
  expect(left).toEqual([]);
});

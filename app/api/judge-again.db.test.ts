import { afterAll, beforeAll, expect, test } from 'vitest';
import { PREPARED_DATABASE_URL } from '@/lib/db/process-database';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { judgeAgain } from './judge-again';

const ORG = 'a0000000-0000-4000-8000-000000000001';
let testing: TestDatabase;

beforeAll(async () => {
  testing = await testDatabase();
  process.env[PREPARED_DATABASE_URL] = testing.url;
});
afterAll(async () => {
  await closeQueue();
  delete process.env[PREPARED_DATABASE_URL];
  await testing.drop();
});

async function waiting(): Promise<number | undefined> {
  return (await queueCounts()).lanes.long.waiting;
}

test('a source of tickets or commits that is added or changed makes one job, however often it is changed', async () => {
  for (const kind of ['jira', 'servicenow', 'git', 'jira'])
    await judgeAgain({ kind, orgId: ORG, state: 'active' });
  expect(await waiting()).toBe(1);
});

test('an organisation that is connected is collected; a paused source and a personnel list ask for nothing', async () => {
  await judgeAgain({ kind: 'genesys', orgId: null, state: 'active' });
  expect(await waiting()).toBe(2);
  await judgeAgain({ kind: 'git', orgId: null, state: 'paused' });
  await judgeAgain({ kind: 'hris', orgId: null, state: 'active' });
  expect(await waiting()).toBe(2);
});

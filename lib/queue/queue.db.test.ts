import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { describeQueue } from '@/lib/testing/queue-contract';
import { openBackend } from './backend';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

const address = () => ({ redisUrl: undefined, databaseUrl: testing.url, applicationName: 'test' });

describeQueue('PostgreSQL', address);

test('the queue’s tables belong to tally_queue, and the application cannot touch them in its own name', async () => {
  const backend = await openBackend({ ...address(), workers: 0 });
  await backend.close();
  const owners = await testing.owner.query(
    `select distinct pg_get_userbyid(relowner)::text "owner" from pg_class where relnamespace = 'bullmq'::regnamespace`,
  );
  expect(owners).toEqual([{ owner: 'tally_queue' }]);
  await expect(testing.db.sql.query('select count(*) from bullmq.job')).rejects.toMatchObject({
    code: '42501',
  });
});

test('a queue whose database is gone says so at once', async () => {
  await expect(
    openBackend({ ...address(), databaseUrl: 'postgresql://a:b@127.0.0.1:1/x', workers: 0 }),
  ).rejects.toThrow('ECONNREFUSED');
});

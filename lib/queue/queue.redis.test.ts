import { expect, inject, test } from 'vitest';
import { describeQueue, freshPrefix } from '@/lib/testing/queue-contract';
import { openBackend } from './backend';

const address = (prefix: string) => ({
  redisUrl: inject('redisUrl'),
  databaseUrl: 'postgresql://unused@127.0.0.1:1/x',
  applicationName: 'test',
  prefix,
});

describeQueue('Redis', () => address(freshPrefix()));

test('a Redis that does not answer stops the start within three seconds, with a sentence', async () => {
  const startedAt = Date.now();
  const nowhere = openBackend({ ...address('x'), redisUrl: 'redis://127.0.0.1:1', workers: 0 });
  await expect(nowhere).rejects.toMatchObject({
    code: 'queue_unreachable',
    message: expect.stringContaining('cannot reach Redis at 127.0.0.1:1'),
    hint: expect.stringContaining('REDIS_URL'),
  });
  expect(Date.now() - startedAt).toBeLessThan(4_000);
});

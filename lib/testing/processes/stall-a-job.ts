import { z } from 'zod';
import type { QueueAddress } from '@/lib/queue/backend';
import { defineJob } from '@/lib/queue/job';
import { runWorkers } from '@/lib/queue/run-workers';

/** A worker process that begins a job and never ends it, to be killed. */
const address: QueueAddress = JSON.parse(process.argv[2] ?? '{}');
const slow = defineJob({ name: 'testing.slow', schema: z.object({ ms: z.number() }), lane: 'long' });
const workers = await runWorkers({
  address,
  jobs: [slow],
  handlers: {
    'testing.slow': async () => {
      process.stdout.write('begun\n');
      await new Promise(() => {});
    },
  },
  options: { lockMs: 1_000, stalledCheckMs: 500 },
});
await workers.enqueue(slow, { ms: 123 });

import { z } from 'zod';
import { defineJob } from '@/lib/queue/job';

/** Opens, verifies, ends acceptances and reminds, in one organisation or all: time passes also when nothing else happens. */
export const keepExceptionsJob = defineJob({
  name: 'exceptions.keep',
  schema: z.object({ orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { everyMs: 2 * 60_000, payload: {} },
});

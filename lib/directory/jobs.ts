import { z } from 'zod';
import { defineJob } from '@/lib/queue/job';

/** Everything the directory keeps, read once a day; unchanged things cost nothing. */
export const takeDailySnapshot = defineJob({
  name: 'directory.take-snapshot',
  schema: z.object({ orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { cron: '5 0 * * *', payload: {} },
});

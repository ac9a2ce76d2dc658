import { z } from 'zod';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { defineJob } from '@/lib/queue/job';

/**
 * Sends what is due. Enqueued after each commit that plans deliveries (`onceKey: 'now'`), again for when the next one comes due
 * (`delayMs`, `onceKey: 'later-<second>'`), and every minute, so that a lost job loses nothing.
 */
export const deliverDueJob = defineJob({
  name: 'alerts.deliver-due',
  schema: z.object({}),
  attempts: 3,
  schedule: { everyMs: MINUTE_MS, payload: {} },
});

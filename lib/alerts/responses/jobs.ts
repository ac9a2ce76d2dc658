import { z } from 'zod';
import { defineJob } from '@/lib/queue/job';

/** Carries out one approved response; enqueued after its approval, and by the sweep. */
export const carryOutJob = defineJob({
  name: 'alerts.carry-out',
  schema: z.object({ responseId: z.string() }),
  attempts: 3,
});

/** Ends responses that waited too long and takes up those left behind. */
export const sweepResponsesJob = defineJob({
  name: 'alerts.sweep-responses',
  schema: z.object({}),
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

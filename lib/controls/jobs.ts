import { z } from 'zod';
import { defineJob } from '@/lib/queue/job';

/** Runs the controls of every organisation whose run is due; looks four times an hour, so that one that failed is tried again. */
export const runDueControls = defineJob({
  name: 'controls.run-due',
  schema: z.object({}),
  lane: 'long',
  attempts: 1,
  schedule: { cron: '*/15 * * * *', payload: {} },
});

/** Runs them now, because somebody asked. */
export const runAskedControls = defineJob({
  name: 'controls.run-asked',
  schema: z.object({ orgId: z.uuid().optional(), by: z.string().max(200).nullable() }),
  lane: 'long',
  attempts: 2,
});

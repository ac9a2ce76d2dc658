import { z } from 'zod';
import { defineJob } from '@/lib/queue/job';

/** Judges the unlinked changes of the last 30 days again: tickets are written and approved late; all of them where a source changed since. */
export const relinkNightly = defineJob({
  name: 'linking.relink-nightly',
  schema: z.object({}),
  lane: 'long',
  attempts: 3,
  schedule: { cron: '40 2 * * *', payload: {} },
});

/** Judges every unlinked change again, however old: a source of tickets or commits was added or changed. */
export const relinkAll = defineJob({
  name: 'linking.relink-all',
  schema: z.object({ orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
});

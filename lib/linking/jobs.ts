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

/** A rule that excuses changes was approved or withdrawn: what it concerns is judged again. */
export const excuseNow = defineJob({
  name: 'linking.excuse-now',
  schema: z.object({ orgId: z.uuid() }),
  lane: 'long',
  attempts: 3,
});

/** Applies a person's word to the changes of a session, or takes it back. */
export const resolveBatch = defineJob({
  name: 'linking.resolve-batch',
  schema: z.object({ batchId: z.string().max(100) }),
  lane: 'long',
  attempts: 5,
});

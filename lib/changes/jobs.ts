import { z } from 'zod';
import { MINUTE_MS } from '@/lib/kernel/instant';
import { defineJob } from '@/lib/queue/job';

/** What is new, every ten minutes; an organisation already being collected is left alone. `kind` asks for what is missing of the retention instead. */
export const collectSync = defineJob({
  name: 'changes.collect-new',
  schema: z.object({ orgId: z.uuid().optional(), kind: z.enum(['sync', 'backfill']).optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { everyMs: 10 * MINUTE_MS, payload: {} },
});

/** The last 48 hours once more: by then an hour's second reading makes it complete. */
export const resweepDaily = defineJob({
  name: 'changes.resweep-daily',
  schema: z.object({ days: z.number().int().min(1).max(365), orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { cron: '20 1 * * *', payload: { days: 3 } },
});

/** The last thirty days once more. */
export const resweepWeekly = defineJob({
  name: 'changes.resweep-weekly',
  schema: z.object({ days: z.number().int().min(1).max(365), orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { cron: '50 3 * * 0', payload: { days: 30 } },
});

/** What earlier backfills could not read, once more; nothing to do where all of the retention was read. */
export const backfillDaily = defineJob({
  name: 'changes.backfill-daily',
  schema: z.object({}),
  lane: 'long',
  attempts: 3,
  schedule: { cron: '5 5 * * *', payload: {} },
});

/** Events handed in by push, made into changes: asked for after each request, and every minute, since a request to the queue may be lost. */
export const takePushed = defineJob({
  name: 'changes.take-push',
  schema: z.object({ orgId: z.uuid().optional() }),
  lane: 'quick',
  attempts: 3,
  schedule: { everyMs: MINUTE_MS, payload: {} },
});

/** Changes that other rules of risk concern: asked for after an approval, and every five minutes, for what was stopped or waits for collections. */
export const judgeRiskAgainJob = defineJob({
  name: 'changes.judge-risk-again',
  schema: z.object({ orgId: z.uuid().optional() }),
  lane: 'long',
  attempts: 3,
  schedule: { everyMs: 5 * MINUTE_MS, payload: {} },
});

import { z } from 'zod';
import { deliverDueJob } from '@/lib/alerts/jobs';
import { carryOutJob, sweepResponsesJob } from '@/lib/alerts/responses/jobs';
import {
  backfillDaily,
  collectSync,
  judgeRiskAgainJob,
  resweepDaily,
  resweepWeekly,
  takePushed,
} from '@/lib/changes/jobs';
import { runAskedControls, runDueControls } from '@/lib/controls/jobs';
import { takeDailySnapshot } from '@/lib/directory/jobs';
import { excuseNow, relinkAll, relinkNightly, resolveBatch } from '@/lib/linking/jobs';
import { defineJob } from '@/lib/queue/job';

/** Shows in the logs that schedules run and a worker takes them. */
const heartbeat = defineJob({
  name: 'maintenance.heartbeat',
  schema: z.object({}),
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Looks for what nothing triggers: silences, alerts nobody acknowledged, digests that are due. */
const watchAll = defineJob({
  name: 'maintenance.watch',
  schema: z.object({}),
  attempts: 1,
  schedule: { everyMs: 60_000, payload: {} },
});

/** Every job of the product. One without a handler in `handlers/handlers.ts` does not compile. */
export const JOBS = [
  heartbeat,
  collectSync,
  resweepDaily,
  resweepWeekly,
  backfillDaily,
  takeDailySnapshot,
  runDueControls,
  runAskedControls,
  relinkNightly,
  relinkAll,
  excuseNow,
  resolveBatch,
  takePushed,
  judgeRiskAgainJob,
  watchAll,
  deliverDueJob,
  carryOutJob,
  sweepResponsesJob,
] as const;

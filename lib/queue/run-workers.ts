import { type Job as BullJob, UnrecoverableError } from 'bullmq';
import type { z } from 'zod';
import { AppError, messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import { openBackend, type QueueAddress } from './backend';
import { type EnqueueOptions, enqueueOn, lanesOf } from './enqueue';
import type { Handler, Handlers, Job, Lane } from './job';
import { LANES } from './job';
import { syncSchedules } from './schedules';

/** A job killed with its worker is taken up again after about this long. */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;
/** Kills are no fault of the job: a long sync survives many, and its own watermark decides what is poison. */
const MAX_STALLED = 1_000;
const CLOSE_LIMIT_MS = 20_000;

export type WorkersOptions = {
  readonly concurrency?: Readonly<Partial<Record<Lane, number>>>;
  /** For tests of kills; the defaults suit production. */
  readonly lockMs?: number;
  readonly stalledCheckMs?: number;
};

export type RunningWorkers = {
  readonly kind: 'postgres' | 'redis';
  enqueue<One extends Job>(
    job: One,
    payload: z.input<One['schema']>,
    options?: EnqueueOptions,
  ): Promise<string>;
  /** Takes no new jobs, tells running ones to finish, and waits for them at most `limitMs` (default 20 s). */
  close(limitMs?: number): Promise<void>;
};

const CONCURRENCY: Readonly<Record<Lane, number>> = { quick: 4, long: 2 };

/**
 * Runs every job of the list by its handler until closed, and keeps the schedules. An unknown job name is warned about and
 * dropped, since a schedule outlives the build that understood it; a known job with a bad payload fails.
 */
export async function runWorkers<const List extends readonly Job[]>(run: {
  readonly address: QueueAddress;
  readonly jobs: List;
  readonly handlers: Handlers<List>;
  readonly options?: WorkersOptions;
}): Promise<RunningWorkers> {
  const { jobs, options = {} } = run;
  const handlers = handlerTable(jobs, run.handlers);
  const backend = await openBackend({ ...run.address, workers: LANES.length });
  const lanes = lanesOf(backend);
  const stopping = new AbortController();
  const workers = LANES.map((lane) =>
    backend.worker(lanes[lane].name, (job) => perform(job, handlers, stopping.signal), {
      concurrency: options.concurrency?.[lane] ?? CONCURRENCY[lane],
      lockDuration: options.lockMs ?? LOCK_MS,
      stalledInterval: options.stalledCheckMs ?? STALLED_CHECK_MS,
      maxStalledCount: MAX_STALLED,
    }),
  );
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  await syncSchedules(lanes, jobs);
  return {
    kind: backend.kind,
    enqueue: (job, payload, more) => enqueueOn(lanes, job, payload, more),
    async close(limitMs = CLOSE_LIMIT_MS) {
      stopping.abort();
      await Promise.all(workers.map((worker) => closeWorker(worker, limitMs)));
      await Promise.all(LANES.map((lane) => lanes[lane].close()));
      await backend.close();
    },
  };
}

type Known = { readonly job: Job; readonly handler: Handler<Job> };

function handlerTable<List extends readonly Job[]>(
  jobs: List,
  handlers: Handlers<List>,
): ReadonlyMap<string, Known> {
  const table = new Map<string, Known>();
  const byName = new Map<string, Handler<Job>>(Object.entries(handlers));
  for (const job of jobs) {
    const handler = byName.get(job.name);
    if (handler) table.set(job.name, { job, handler });
  }
  return table;
}

async function perform(
  bull: BullJob,
  handlers: ReadonlyMap<string, Known>,
  signal: AbortSignal,
): Promise<void> {
  const known = handlers.get(bull.name);
  const jobId = bull.id ?? '';
  const jobLog = log.child({ room: 'queue', job: bull.name, jobId });
  if (!known) {
    jobLog.warn('unknown job dropped');
    return;
  }
  const payload = known.job.schema.safeParse(bull.data);
  if (!payload.success) {
    jobLog.error({ field: payload.error.issues[0]?.path.join('.') }, 'job has a bad payload');
    throw new UnrecoverableError(`bad payload: ${payload.error.issues[0]?.message}`);
  }
  const attempt = bull.attemptsMade + 1;
  const startedAt = performance.now();
  try {
    await known.handler(payload.data, { jobId, attempt, log: jobLog, signal });
    jobLog.debug({ ms: Math.round(performance.now() - startedAt) }, 'job done');
  } catch (error) {
    // Errors of our own say whether trying again can help; of anything else we hope so.
    const final = (error instanceof AppError && !error.retryable) || attempt >= known.job.attempts;
    const code = error instanceof AppError ? error.code : undefined;
    jobLog[final ? 'error' : 'warn'](
      { attempt, code, reason: messageOf(error) },
      final ? 'job failed' : 'job failed and will be tried again',
    );
    throw final ? new UnrecoverableError(messageOf(error)) : error;
  }
}

async function closeWorker(
  worker: { close(force?: boolean): Promise<void> },
  limitMs: number,
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), limitMs);
  });
  const outcome = await Promise.race([worker.close(), late]);
  clearTimeout(timer);
  // What still runs is taken up by another worker once its lock ends.
  if (outcome === 'late') await worker.close(true);
}

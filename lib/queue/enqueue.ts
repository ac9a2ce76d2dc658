import type { z } from 'zod';
import { databaseUrl } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import { processVariable } from '@/lib/env/process-environment';
import type { AnyQueue, QueueBackend } from './backend';
import { openBackend } from './backend';
import { queueError, withinLimit } from './errors';
import { type Job, LANES, type Lane } from './job';

const ENQUEUE_LIMIT_MS = 5_000;
const RETRY_BASE_MS = 1_000;
const HOUR_S = 3_600;
/** Finished jobs are kept for a look, not as a record: what was done stands in the database. */
export const RETENTION = {
  removeOnComplete: { age: HOUR_S, count: 500 },
  removeOnFail: { age: 7 * 24 * HOUR_S, count: 2_000 },
} as const;

/** The two lanes of one backend. */
export type Lanes = Readonly<Record<Lane, AnyQueue>>;

export type EnqueueOptions = {
  readonly delayMs?: number;
  /**
   * At most one waits and one runs under this key: asked again while it waits, nothing is added; while it runs, it runs once
   * more afterwards. No colon in it.
   */
  readonly onceKey?: string;
};

export function lanesOf(backend: QueueBackend): Lanes {
  return { quick: backend.queue('tallystick-quick'), long: backend.queue('tallystick-long') };
}

/** Puts a job into its lane. Throws `job_payload` when the payload is not what the job declared, `queue_unreachable` after 5 s. */
export async function enqueueOn<One extends Job>(
  lanes: Lanes,
  job: One,
  payload: z.input<One['schema']>,
  options: EnqueueOptions = {},
): Promise<string> {
  const parsed = job.schema.safeParse(payload);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw queueError(
      'job_payload',
      `cannot enqueue ${job.name}: ${issue?.path.join('.') || 'payload'}: ${issue?.message}`,
    );
  }
  const added = lanes[job.lane].add(job.name, payload, {
    attempts: job.attempts,
    backoff: { type: 'exponential', delay: RETRY_BASE_MS, jitter: 0.5 },
    ...RETENTION,
    ...(options.delayMs ? { delay: options.delayMs } : {}),
    ...(options.onceKey
      ? { deduplication: { id: `${job.name}/${options.onceKey}`, keepLastIfActive: true } }
      : {}),
  });
  return (await withinLimit(added, ENQUEUE_LIMIT_MS, `enqueue ${job.name}`)).id ?? '';
}

type Held = { opening?: Promise<{ backend: QueueBackend; lanes: Lanes }> | undefined };

declare global {
  var tallystickQueue: Held | undefined;
}

/** Puts a job into this process's queue, opened at first use from the environment and the prepared database. */
export async function enqueue<One extends Job>(
  job: One,
  payload: z.input<One['schema']>,
  options?: EnqueueOptions,
): Promise<string> {
  return enqueueOn((await processQueue()).lanes, job, payload, options);
}

/** How many jobs wait, run and failed, per lane; for health and `doctor`. */
export async function queueCounts(): Promise<{
  kind: 'postgres' | 'redis';
  lanes: Record<Lane, Record<string, number>>;
}> {
  const { backend, lanes } = await processQueue();
  const counts = LANES.map((lane) => lanes[lane].getJobCounts('waiting', 'active', 'delayed', 'failed'));
  const [quick = {}, long = {}] = await withinLimit(Promise.all(counts), ENQUEUE_LIMIT_MS, 'count jobs');
  return { kind: backend.kind, lanes: { quick, long } };
}

/** Closes what `enqueue` opened. */
export async function closeQueue(): Promise<void> {
  const held = globalThis.tallystickQueue?.opening;
  globalThis.tallystickQueue = undefined;
  const open = await held?.catch(() => null);
  if (!open) return;
  await Promise.all(LANES.map((lane) => open.lanes[lane].close()));
  await open.backend.close();
}

// On globalThis, because Next evaluates a module once per bundle and each would open connections of its own.
function processQueue(): Promise<{ backend: QueueBackend; lanes: Lanes }> {
  globalThis.tallystickQueue ??= {};
  const held = globalThis.tallystickQueue;
  held.opening ??= open().catch((error: unknown) => {
    held.opening = undefined; // the next call tries again
    throw error;
  });
  return held.opening;
}

async function open(): Promise<{ backend: QueueBackend; lanes: Lanes }> {
  const backend = await openBackend({
    redisUrl: env().REDIS_URL,
    databaseUrl: databaseUrl(),
    applicationName: `tallystick-${processVariable('TALLYSTICK_PROCESS') ?? 'enqueue'}`,
    workers: 0,
  });
  return { backend, lanes: lanesOf(backend) };
}

import type { Logger } from 'pino';
import type { z } from 'zod';

/** Quick jobs take seconds; long ones (a sync, a snapshot) must not keep them waiting. */
export const LANES = ['quick', 'long'] as const;
export type Lane = (typeof LANES)[number];

/** When a job runs by itself, in UTC: every so many milliseconds, or by a cron pattern of five or six fields. */
export type Schedule = { readonly everyMs: number } | { readonly cron: string };

/**
 * What a job is called and carries. A payload holds ids and watermarks, never data: the database is the truth, and the queue
 * may be wiped at any moment. A handler must be idempotent and safe to run twice at once.
 */
export type Job<Name extends string = string, Schema extends z.ZodType = z.ZodType> = {
  readonly name: Name;
  readonly schema: Schema;
  /** How often it is tried before it counts as failed. */
  readonly attempts: number;
  readonly lane: Lane;
  /** Runs by itself with `payload`. */
  readonly schedule: (Schedule & { readonly payload: z.input<Schema> }) | null;
};

const DEFAULT_ATTEMPTS = 5;
const NAME = /^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/;

/** Declares a job, for whoever enqueues it and whoever handles it. The name reads `<room>.<verb-noun>`. */
export function defineJob<const Name extends string, Schema extends z.ZodType>(job: {
  readonly name: Name;
  readonly schema: Schema;
  readonly attempts?: number;
  readonly lane?: Lane;
  readonly schedule?: Schedule & { readonly payload: z.input<Schema> };
}): Job<Name, Schema> {
  if (!NAME.test(job.name))
    throw new RangeError(`cannot define the job ${job.name}: its name is not <room>.<verb-noun>`);
  return {
    name: job.name,
    schema: job.schema,
    attempts: job.attempts ?? DEFAULT_ATTEMPTS,
    lane: job.lane ?? 'quick',
    schedule: job.schedule ?? null,
  };
}

export type JobContext = {
  readonly jobId: string;
  /** 1 for the first. */
  readonly attempt: number;
  readonly log: Logger;
  /** Aborts when the process is to stop: finish the batch, keep the watermark, return. */
  readonly signal: AbortSignal;
};

export type Handler<One extends Job> = (
  payload: z.output<One['schema']>,
  context: JobContext,
) => Promise<void>;

/** One handler for each job of a list: a job without handler, or a handler without job, does not compile. */
export type Handlers<List extends readonly Job[]> = {
  readonly [One in List[number] as One['name']]: Handler<One>;
};

import {
  createPostgresBackend,
  type Processor,
  Queue,
  runMigrations,
  Worker,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import type pg from 'pg';
import { openPool, withConnection } from '@/lib/db/pool';
import { log } from '@/lib/log/log';
import { queueError, withinLimit } from './errors';

/** Schema of the queue's tables, owned by `tally_queue` alone. */
const SCHEMA = 'bullmq';
const PING_LIMIT_MS = 3_000;
const KEY_PREFIX = 'tallystick';

/** What we use of BullMQ's queue, whichever database it stands on. */
export type AnyQueue = Pick<
  Queue,
  | 'name'
  | 'add'
  | 'getJobCounts'
  | 'getJob'
  | 'upsertJobScheduler'
  | 'removeJobScheduler'
  | 'getJobSchedulers'
  | 'close'
  | 'obliterate'
  | 'waitUntilReady'
>;
export type AnyWorker = Pick<Worker, 'name' | 'close' | 'run' | 'waitUntilReady'>;

export type QueueAddress = {
  /** Redis or Valkey; without it the queue lives in PostgreSQL. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
  readonly applicationName: string;
  /** Keys in Redis begin with it; tests keep apart by it. */
  readonly prefix?: string;
};

/** One process's connection to the queue. */
export interface QueueBackend {
  readonly kind: 'postgres' | 'redis';
  queue(name: string): AnyQueue;
  worker(name: string, process: Processor, options: Partial<WorkerOptions>): AnyWorker;
  /** Closes connections; queues and workers are closed before by whoever made them. */
  close(): Promise<void>;
}

/** Opens the queue and makes sure that it answers; its tables are made or brought up to date. */
export async function openBackend(
  address: QueueAddress & { readonly workers: number },
): Promise<QueueBackend> {
  return address.redisUrl ? openRedis(address.redisUrl, address.prefix ?? KEY_PREFIX) : openPostgres(address);
}

async function openPostgres(address: QueueAddress & { readonly workers: number }): Promise<QueueBackend> {
  const as = {
    url: address.databaseUrl,
    applicationName: `${address.applicationName}-queue`,
    role: 'tally_queue',
    searchPath: SCHEMA,
  } as const;
  await withConnection(as, migrateQueue);
  // Each worker keeps one connection for LISTEN; with none to spare beside them everything would hang without an error.
  const pool = openPool({ ...as, max: address.workers + 5 });
  return {
    kind: 'postgres',
    queue: (name) => listening(new Queue(name, { connection: pool }, createPostgresBackend)),
    worker: (name, process, options) =>
      listening(new Worker(name, process, { ...options, connection: pool }, createPostgresBackend)),
    close: () => pool.end(),
  };
}

async function migrateQueue(client: pg.Client): Promise<void> {
  const asked = {
    async query<Row>(text: string, values?: readonly unknown[]): Promise<{ rows: Row[] }> {
      // The schema stands already; asking to make it would need the right to make schemas even so.
      if (/^\s*create schema/i.test(text)) return { rows: [] };
      const result = await client.query(text, values ? [...values] : undefined);
      return { rows: result.rows };
    },
  };
  await runMigrations(asked, SCHEMA);
}

async function openRedis(url: string, prefix: string): Promise<QueueBackend> {
  const shown = new URL(url).host;
  const connection = new Redis(url, { maxRetriesPerRequest: null, connectTimeout: PING_LIMIT_MS });
  let last = 'no answer';
  connection.on('error', (error) => {
    last = error.message || ('code' in error ? String(error.code) : last);
  });
  try {
    await withinLimit(connection.ping(), PING_LIMIT_MS, 'ask');
  } catch (cause) {
    connection.disconnect();
    throw queueError('queue_unreachable', `cannot reach Redis at ${shown}: ${last}`, {
      hint: 'Check REDIS_URL, or leave it out to keep the queue in PostgreSQL.',
      retryable: true,
      cause,
    });
  }
  connection.on('error', (error) =>
    log.warn({ room: 'queue', reason: error.message }, 'connection to Redis failed'),
  );
  return {
    kind: 'redis',
    queue: (name) => listening(new Queue(name, { connection, prefix })),
    worker: (name, process, options) =>
      listening(new Worker(name, process, { ...options, connection, prefix })),
    async close() {
      await connection.quit().catch(() => connection.disconnect());
    },
  };
}

/** Without a listener a lost connection would end the process. */
function listening<
  T extends { readonly name: string; on(event: 'error', listener: (error: Error) => void): unknown },
>(emitter: T): T {
  emitter.on('error', (error) =>
    log.warn({ room: 'queue', queue: emitter.name, reason: error.message }, 'queue connection failed'),
  );
  return emitter;
}

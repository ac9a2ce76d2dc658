import { PrismaPg } from '@prisma/adapter-pg';
import type pg from 'pg';
import { databaseError } from './errors';
import { type Prisma, PrismaClient } from './generated/client';
import { connectionConfig, openPool } from './pool';
import type { Sql } from './sql';
import { LendingPool } from './transaction-client';

/** Longest an interactive transaction may stay open; nothing inside may wait for HTTP or hash passwords. */
const TRANSACTION_LIMIT_MS = 30_000;
/** Longest to wait for a free connection before giving up. */
const CONNECTION_WAIT_MS = 10_000;
const DEFAULT_POOL_SIZE = 10;
/** Prisma serves small tables only; a few connections of its own are enough. */
const PRISMA_POOL_SIZE = 5;

export type WriteTransaction = { readonly sql: Sql; readonly prisma: Prisma.TransactionClient };

/** One process's way into the database, acting as `tally_app`. */
export interface Database {
  /** Single statements, each its own transaction. */
  readonly sql: Sql;
  readonly prisma: PrismaClient;
  /** One transaction on pg; rolled back when `run` throws. */
  transaction<T>(run: (sql: Sql) => Promise<T>): Promise<T>;
  /** One transaction for Prisma and plain statements together; for small tables, at most 30 s. */
  writeTransaction<T>(run: (tx: WriteTransaction) => Promise<T>): Promise<T>;
  /** A connection of the pool, for COPY and what else needs one; transactions are the caller's. */
  withClient<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export function openDatabase(options: { url: string; applicationName: string; max?: number }): Database {
  const { url, applicationName, max = DEFAULT_POOL_SIZE } = options;
  const pool = openPool({ url, applicationName, role: 'tally_app', max });
  const prismaPool = new LendingPool({
    ...connectionConfig({ url, applicationName: `${applicationName}-prisma`, role: 'tally_app' }),
    max: Math.min(PRISMA_POOL_SIZE, max),
  });
  prismaPool.on('error', () => {});
  const prisma = new PrismaClient({
    adapter: new PrismaPg(prismaPool),
    transactionOptions: { maxWait: CONNECTION_WAIT_MS, timeout: TRANSACTION_LIMIT_MS },
  });

  async function withClient<T>(run: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const client = await pool.connect();
    let broken = true;
    try {
      const result = await run(client);
      broken = false;
      return result;
    } catch (error) {
      // A statement that failed leaves a usable connection once nothing is open on it any more.
      broken = !(await client
        .query('rollback')
        .then(() => true)
        .catch(() => false));
      throw error;
    } finally {
      client.release(broken);
    }
  }

  return {
    sql: sqlOf(pool),
    prisma,
    withClient,
    transaction: (run) => withClient((client) => inTransaction(client, run)),
    writeTransaction: (run) =>
      prismaPool.lend((lent) =>
        prisma.$transaction((tx) => {
          const sql: Sql = {
            async query(text, values) {
              const client = lent();
              if (!client)
                throw databaseError('transaction_ended', 'cannot run a statement: its transaction has ended');
              return sqlOf(client).query(text, values);
            },
          };
          return LendingPool.outside(() => run({ sql, prisma: tx }));
        }),
      ),
    async close() {
      await prisma.$disconnect();
      await Promise.all([pool.end(), prismaPool.end()]);
    },
  };
}

/** The port of stores over anything of pg that runs statements. */
export function sqlOf(client: Pick<pg.ClientBase, 'query'>): Sql {
  return {
    async query<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]> {
      const result = await client.query<Row>(text, values ? [...values] : undefined);
      return result.rows;
    },
  };
}

/** Begin, run, commit; the caller rolls back when this throws. */
export async function inTransaction<T>(client: pg.ClientBase, run: (sql: Sql) => Promise<T>): Promise<T> {
  await client.query('begin');
  const result = await run(sqlOf(client));
  const end = await client.query('commit');
  // A commit after a failed statement that `run` swallowed is answered as a rollback, without an error.
  if (end.command === 'ROLLBACK') {
    throw databaseError('transaction_ended', 'cannot commit a transaction: one of its statements failed');
  }
  return result;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import pg from 'pg';

/** The connection that Prisma's interactive transaction runs on, once it has taken one. */
type Lent = { client: pg.PoolClient | null };

const lending = new AsyncLocalStorage<Lent | null>();

/**
 * A pool for Prisma that tells which connection an interactive transaction was given, so that plain statements can run
 * inside the same transaction through pg itself: same row types, same parameters, COPY and arrays as everywhere else.
 */
export class LendingPool extends pg.Pool {
  private readonly owners = new WeakMap<pg.PoolClient, Lent>();

  constructor(config: pg.PoolConfig) {
    super(config);
    this.on('release', (_error: Error, client: pg.PoolClient) => {
      const lent = this.owners.get(client);
      if (lent) lent.client = null;
      this.owners.delete(client);
    });
  }

  override connect(): Promise<pg.PoolClient>;
  override connect(
    callback: (
      error: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: boolean | Error) => void,
    ) => void,
  ): void;
  override connect(
    callback?: (
      error: Error | undefined,
      client: pg.PoolClient | undefined,
      done: (release?: boolean | Error) => void,
    ) => void,
  ): Promise<pg.PoolClient> | undefined {
    if (callback) {
      super.connect(callback);
      return undefined;
    }
    const lent = lending.getStore();
    const waiting = super.connect();
    if (!lent) return waiting;
    return waiting.then((client) => {
      if (lent.client === null && !this.owners.has(client)) {
        lent.client = client;
        this.owners.set(client, lent);
      }
      return client;
    });
  }

  /** Runs `begin`, which must start one interactive transaction; `lent()` then gives its connection, or null when it ended. */
  lend<T>(begin: (lent: () => pg.PoolClient | null) => Promise<T>): Promise<T> {
    const lent: Lent = { client: null };
    // Only the transaction's own first `connect` counts: what runs inside must not inherit the mark.
    return lending.run(lent, () => begin(() => lent.client));
  }

  /** Runs `inside` without the mark of `lend`. */
  static outside<T>(inside: () => T): T {
    return lending.run(null, inside);
  }
}

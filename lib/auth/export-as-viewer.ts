import { Readable } from 'node:stream';
import type pg from 'pg';
import { type Database, sqlOf } from '@/lib/db/connection';
import { database } from '@/lib/db/process-database';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import { asViewer, viewerIdSetting } from './as-viewer';
import type { Permission } from './permissions';
import { limitUse } from './throttle';
import { authoriseRecorded, type ViewSpec, type ViewWorld, viewed } from './view';
import type { Viewer } from './viewer';

export type ExportContext = {
  /** The connection, inside the viewer's transaction; for COPY. */
  readonly client: pg.PoolClient;
  readonly sql: Sql;
  readonly viewer: Viewer;
  readonly now: Date;
};

type Chunk = Uint8Array | string;

/**
 * As `view`, for exports that stream for as long as they take: the journal row is committed first, then `open` reads as
 * `tally_viewer` on a connection of its own. The stream fails when the read fails; leaving it early frees the connection.
 */
export function exportView<Input>(
  spec: {
    readonly permission: Permission;
    readonly journal?: (input: Input) => ReturnType<NonNullable<ViewSpec<Input, void>['journal']>>;
  },
  open: (context: ExportContext, input: Input) => AsyncIterable<Chunk> | Promise<AsyncIterable<Chunk>>,
): (viewer: Viewer, input: Input, world?: ViewWorld) => Promise<Readable> {
  return async (viewer, input, world = {}) => {
    const db = world.db ?? database();
    const now = world.now ?? new Date();
    await authoriseRecorded(viewer, spec.permission, db);
    await limitUse(db.sql, { viewer, permission: spec.permission, now });
    const says = { action: `${spec.permission.split('.')[0]}.exported`, ...spec.journal?.(input) };
    await asViewer(viewer, (sql) => appendJournal(sql, viewed(spec.permission, viewer, input, says)), db);
    const chunks = readAsViewer(db, viewer, async (client) =>
      open({ client, sql: sqlOf(client), viewer, now }, input),
    );
    return Readable.from(chunks, { objectMode: false });
  };
}

async function* readAsViewer(
  db: Database,
  viewer: Viewer,
  open: (client: pg.PoolClient) => Promise<AsyncIterable<Chunk>>,
): AsyncGenerator<Chunk> {
  const loan = await borrow(db);
  let finished = false;
  try {
    await loan.client.query('begin');
    await loan.client.query(
      `select set_config('role', 'tally_viewer', true), set_config('app.org_ids', $1, true), set_config('app.viewer_id', $2, true)`,
      [viewer.orgIds.join(','), viewerIdSetting(viewer)],
    );
    yield* await open(loan.client);
    await loan.client.query('commit');
    finished = true;
  } finally {
    // An abandoned COPY would have to be read to its end before its connection could be used again.
    if (!finished) hangUp(loan.client);
    await loan.giveBack(finished);
  }
}

type Loan = { readonly client: pg.PoolClient; giveBack(healthy: boolean): Promise<void> };

/** A connection of the pool, held until `giveBack`. */
function borrow(db: Database): Promise<Loan> {
  return new Promise((lend, refuse) => {
    const lending = db.withClient(
      (client) =>
        new Promise<void>((done, broken) => {
          client.on('error', ignore);
          lend({
            client,
            async giveBack(healthy) {
              if (healthy) client.removeListener('error', ignore);
              if (healthy) done();
              else broken(new Error('cannot finish the export: it was not read to its end'));
              await lending.catch(ignore);
            },
          });
        }),
    );
    lending.catch(refuse);
  });
}

function ignore(): void {}

function hangUp(client: pg.PoolClient): void {
  const connection = member(client, 'connection');
  const socket = member(connection, 'stream');
  const destroy = member(socket, 'destroy');
  if (typeof destroy === 'function') destroy.call(socket);
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}

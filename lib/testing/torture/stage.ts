import { planBackfill } from '@/lib/changes/collect/plan-run';
import { insertRun } from '@/lib/changes/store/runs';
import { sqlOf } from '@/lib/db/connection';
import { embeddedPlace } from '@/lib/db/embedded/place';
import { recordedServer } from '@/lib/db/embedded/server';
import { ensureDatabase } from '@/lib/db/ensure-database';
import { openPool } from '@/lib/db/pool';
import type { Sql } from '@/lib/db/sql';
import { newId } from '@/lib/kernel/ids';
import { addMs, DAY_MS, floorToDay } from '@/lib/kernel/instant';
import { openVault, type Vault } from '@/lib/vault/vault';
import { type SandboxProcess, type SandboxTruth, startSandboxProcess } from './sandbox-process';
import { type TemporaryHouse, temporaryHouse } from './temporary-house';
import { startWorkerProcess, type WorkerProcess } from './worker-process';

/** The history ends this long ago, so that its last minutes are no longer too young to be asked for. */
const ANCHOR_AGE_MS = 2 * DAY_MS;
/** Queries take a moment, so that kills hit waiting, too. */
const DWELL_MS = 20;

/** A house of its own, an organisation beside it, and what is needed to disturb and to judge. */
export type Stage = {
  readonly house: TemporaryHouse;
  /** A superuser, who sees every organisation; goes on working when the server comes back, also on another port. */
  readonly sql: Sql;
  /** The superuser's address now. */
  address(): string;
  /** The server's process, from its own pid file; null when it says none. */
  serverPid(): number | null;
  readonly vault: Vault;
  readonly truth: SandboxTruth;
  readonly anchor: Date;
  startWorker(): WorkerProcess;
  /** Ends everything and removes it; the house stays when `keep`. */
  close(keep: boolean): Promise<void>;
};

/**
 * Makes the stage: sandbox with so many plain records, embedded database, no worker yet. With `days`, a backfill of those days
 * before the anchor stands begun and unread, as one that was asked for and killed at once; else the first worker plans the
 * whole retention.
 */
export async function setStage(options: {
  readonly events: number;
  readonly days: number | null;
  readonly now: Date;
}): Promise<Stage> {
  const house = temporaryHouse('tallystick-torture');
  const anchor = floorToDay(addMs(options.now, -ANCHOR_AGE_MS));
  const workers: WorkerProcess[] = [];
  const ends: (() => Promise<unknown>)[] = [];
  let closing: Promise<void> | undefined;
  // Once, however often it is asked for: an interrupt comes in the middle of the work it makes fail.
  const close = (keep: boolean): Promise<void> => (closing ??= endAll(keep));
  async function endAll(keep: boolean): Promise<void> {
    for (const worker of workers) if (worker.ended() === null) await worker.kill();
    for (const end of ends.reverse()) await end().catch(() => {});
    if (!keep) house.remove();
  }
  try {
    const sandbox: SandboxProcess = await startSandboxProcess({
      folder: house.folder,
      bulk: options.events,
      dwellMs: DWELL_MS,
      anchor,
    });
    ends.push(() => sandbox.stop());
    const database = await ensureDatabase(
      { DATABASE_URL: undefined, DATABASE_OWNER_URL: undefined, DATA_DIR: house.dataDir },
      { processName: 'torture' },
    );
    ends.push(() => database.leave());
    const { dataFolder } = await embeddedPlace(house.dataDir);
    const address = (): string => {
      const url = new URL(database.ownerUrl ?? database.url);
      url.port = String(recordedServer(dataFolder)?.port || url.port);
      return url.toString();
    };
    const { sql, end } = followingSql(address);
    ends.push(end);
    const truth = await sandbox.truth();
    if (options.days !== null)
      await beginBackfill(sql, {
        orgId: truth.orgId,
        since: addMs(anchor, -options.days * DAY_MS),
        now: options.now,
      });
    return {
      house,
      sql,
      address,
      serverPid: () => recordedServer(dataFolder)?.pid ?? null,
      vault: openVault(`file:${house.dataDir}/vault`),
      truth,
      anchor,
      startWorker() {
        const worker = startWorkerProcess({ ...house, env: sandbox.env });
        workers.push(worker);
        return worker;
      },
      close,
    };
  } catch (error) {
    await close(false);
    throw error;
  }
}

async function beginBackfill(sql: Sql, ask: { orgId: string; since: Date; now: Date }): Promise<void> {
  const plan = planBackfill(null, ask.now, ask.since);
  if (plan === null) throw new Error('there is nothing to collect');
  const { kind, from, to, chunks } = plan;
  const run = {
    id: newId('run', ask.now),
    orgId: ask.orgId,
    kind,
    state: 'running',
    from,
    to,
    startedAt: ask.now,
  } as const;
  await insertRun(sql, run, chunks);
}

/** Statements to wherever the address is at the moment. */
function followingSql(address: () => string): { sql: Sql; end: () => Promise<void> } {
  let at = '';
  let pool: ReturnType<typeof openPool> | undefined;
  return {
    sql: {
      async query(text, values) {
        if (pool === undefined || at !== address()) {
          void pool?.end().catch(() => {});
          at = address();
          pool = openPool({ url: at, applicationName: 'torture', max: 2 });
        }
        return sqlOf(pool).query(text, values);
      },
    },
    end: async () => pool?.end(),
  };
}

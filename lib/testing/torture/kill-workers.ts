import { setTimeout as sleep } from 'node:timers/promises';
import { type Figure, mustBeZero } from './check-result';
import { isCollecting, progressOf, until } from './observe';
import type { Stage } from './stage';
import type { WorkerProcess } from './worker-process';

/** Of the kills, so many fall at any moment of a worker's life, also while it starts; the others after it began to collect. */
const ANY_MOMENT = 0.12;
const ANY_MOMENT_MS = 5_000;
/** Longest wait for a restarted worker to take the collection up again: by the dead one's job, at the latest by the next schedule. */
const TAKE_UP_LIMIT_MS = 330_000;
/**
 * Longest a worker collects before it is killed: short while the sync runs ahead of the kills, else longer with every kill that
 * let nothing be finished, so that the last kill falls near the end of the sync on a machine of any speed.
 */
const AHEAD_MS = 700;
const BEHIND_MS = 2_500;
const LONGER = 1.4;
const LONGEST_MS = 30_000;
/** Kills that must have hit a running collection. */
const WANTED_SHARE = 0.6;

export type KillPlan = {
  readonly kills: number;
  readonly random: () => number;
  readonly finishLimitMs: number;
  readonly say: (line: string) => void;
};

/** Kills the worker again and again in the middle of its work, starts it again at once, and lets it finish in the end. */
export async function killWorkers(stage: Stage, plan: KillPlan): Promise<Figure[]> {
  const { kills, random, say } = plan;
  const tally = { hits: 0, died: 0, idle: 0, slowest: 0 };
  const patience = patienceOf(stage);
  let worker = stage.startWorker();
  for (let kill = 1; kill <= kills; kill++) {
    if (random() < ANY_MOMENT) await sleep(random() * ANY_MOMENT_MS);
    else {
      const askedAt = Date.now();
      const taken = await untilCollecting(stage, worker);
      tally.slowest = Math.max(tally.slowest, Date.now() - askedAt);
      if (!taken) tally.idle++;
      await sleep(random() * (await patience(kill / kills)));
    }
    const hit = await isCollecting(stage.sql, stage.truth.orgId, worker.startedAt);
    if (hit) tally.hits++;
    if (worker.ended() !== null) tally.died++;
    await worker.kill();
    worker = stage.startWorker();
    const { done, chunks, records } = await progressOf(stage.sql, stage.truth.orgId);
    say(
      `kill ${kill}/${kills}: ${hit ? 'collecting' : 'not collecting'}; ${done} of ${chunks} parts, ${records} records`,
    );
  }
  const finished = await untilFinished(stage, worker, plan.finishLimitMs);
  const left = await worker.stop(30_000);
  return [
    { name: 'kills', value: kills, breach: false },
    {
      name: 'kills during a collection',
      value: `${tally.hits} (${percent(tally.hits, kills)})`,
      breach: tally.hits < kills * WANTED_SHARE,
    },
    {
      name: 'longest until a restarted worker collected',
      value: `${(tally.slowest / 1000).toFixed(1)} s`,
      breach: tally.idle > 0,
    },
    mustBeZero('workers that ended by themselves', tally.died),
    { name: 'left alone, the collection finished', value: finished ? 'yes' : 'no', breach: !finished },
    { name: 'the last worker left cleanly when asked', value: left ? 'yes' : 'no', breach: !left },
  ];
}

/** Whether this worker came to collect, within one schedule's period. */
export async function untilCollecting({ sql, truth }: Stage, worker: WorkerProcess): Promise<boolean> {
  await until(
    async () => worker.ended() !== null || (await isCollecting(sql, truth.orgId, worker.startedAt)),
    TAKE_UP_LIMIT_MS,
  );
  return isCollecting(sql, truth.orgId, worker.startedAt).catch(() => false);
}

/** Gives the longest time until the next kill, from how much of the kills and of the sync is done. */
function patienceOf({ sql, truth }: Stage): (share: number) => Promise<number> {
  let behind = BEHIND_MS;
  let before = 0;
  return async (share) => {
    const { records } = await progressOf(sql, truth.orgId);
    if (records / truth.ids.length > share) return AHEAD_MS;
    behind = records > before ? BEHIND_MS : Math.min(LONGEST_MS, behind * LONGER);
    before = records;
    return behind;
  };
}

/** Until all of it was read and nobody collects any more: names and links follow the reading. */
export async function untilFinished(
  { sql, truth }: Stage,
  worker: WorkerProcess,
  limitMs: number,
): Promise<boolean> {
  return until(async () => {
    const { chunks, done, open } = await progressOf(sql, truth.orgId);
    return (
      chunks > 0 && done === chunks && open === 0 && !(await isCollecting(sql, truth.orgId, worker.startedAt))
    );
  }, limitMs);
}

function percent(part: number, whole: number): string {
  return `${Math.round((100 * part) / whole)} %`;
}

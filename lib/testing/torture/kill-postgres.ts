import { setTimeout as sleep } from 'node:timers/promises';
import { stopServer } from '@/lib/db/embedded/server';
import { type Figure, mustBeZero } from './check-result';
import { type KillPlan, untilCollecting, untilFinished } from './kill-workers';
import { collectorsBackend, type Progress, progressOf, until } from './observe';
import type { Stage } from './stage';

/** Longest a worker collects before the database is taken from it. */
const COLLECTS_MS = 2_000;
/** PostgreSQL's own recovery after the crash of one of its processes. */
const RECOVERY_LIMIT_MS = 60_000;
/** After the death of one of its processes the server ends the others; until then it may still answer. */
const SETTLE_MS = 500;
/** Longest for a worker without a database to leave when it is asked to. */
const LEAVE_LIMIT_MS = 40_000;

/**
 * Takes the database away in the middle of the sync, in turn by killing the server's process that serves the collector, from
 * which the server recovers by itself, and by stopping the whole server at once, after which whoever starts next brings it up.
 */
export async function killPostgres(stage: Stage, plan: KillPlan): Promise<Figure[]> {
  const { kills, random, say, finishLimitMs } = plan;
  const tally = { idle: 0, silent: 0, died: 0, unclean: 0 };
  let worker = stage.startWorker();
  for (let kill = 1; kill <= kills; kill++) {
    if (!(await untilCollecting(stage, worker))) tally.idle++;
    await sleep(random() * COLLECTS_MS);
    const whole = kill % 2 === 0;
    if (whole) {
      await stopServer(stage.serverPid() ?? Number.NaN, 'immediate');
      if (worker.ended() === null && !(await worker.stop(LEAVE_LIMIT_MS))) tally.unclean++;
      worker = stage.startWorker();
    } else {
      const pid = await collectorsBackend(stage.sql, stage.truth.orgId);
      if (pid !== null) process.kill(pid, 'SIGKILL');
    }
    await sleep(SETTLE_MS);
    let progress: Progress | null = null;
    const answers = await until(async () => {
      progress = await progressOf(stage.sql, stage.truth.orgId);
      return true;
    }, RECOVERY_LIMIT_MS);
    if (!answers) tally.silent++;
    if (worker.ended() !== null) {
      tally.died++;
      worker = stage.startWorker();
    }
    say(`kill ${kill}/${kills}: ${whole ? 'whole server' : 'one server process'}; ${toText(progress)}`);
  }
  const finished = await untilFinished(stage, worker, finishLimitMs);
  const left = await worker.stop(LEAVE_LIMIT_MS);
  return [
    { name: 'kills of the database', value: kills, breach: false },
    mustBeZero('times the database did not come back', tally.silent),
    mustBeZero('times no collection was taken up again', tally.idle),
    mustBeZero('workers that ended by themselves', tally.died),
    mustBeZero('workers without a database that did not leave when asked', tally.unclean),
    { name: 'left alone, the collection finished', value: finished ? 'yes' : 'no', breach: !finished },
    { name: 'the last worker left cleanly when asked', value: left ? 'yes' : 'no', breach: !left },
  ];
}

function toText(progress: Progress | null): string {
  return progress === null
    ? 'no answer'
    : `${progress.done} of ${progress.chunks} parts, ${progress.records} records`;
}

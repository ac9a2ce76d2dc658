import { ensureDatabase } from '@/lib/db/ensure-database';
import { processVariable } from '@/lib/env/process-environment';
import { log } from '@/lib/log/log';
import { closeQueue } from '@/lib/queue/enqueue';
import { runWorkers } from '@/lib/queue/run-workers';
import { HANDLERS } from './handlers/handlers';
import { JOBS } from './jobs';
import { askedToStop } from './runtime/asked-to-stop';
import { runProcess, say } from './runtime/run-process';

/** `npm run worker`: runs jobs and schedules; start as many as you like, on as many machines as you like. */
await runProcess(async (settings) => {
  const asked = askedToStop();
  const database = await ensureDatabase(settings, { processName: 'worker', onProgress: say });
  try {
    const workers = await runWorkers({
      address: {
        redisUrl: settings.REDIS_URL,
        databaseUrl: database.url,
        applicationName: 'tallystick-worker',
      },
      jobs: JOBS,
      handlers: HANDLERS,
      options: shortenedTimes(),
    });
    log.info({ room: 'workers', queue: workers.kind, jobs: JOBS.length }, 'worker ready');
    const reason = await asked;
    log.info({ room: 'workers', reason }, 'worker stopping');
    await workers.close();
    await closeQueue();
  } finally {
    await database.leave();
  }
  return 0;
});

/** Tests of kills do not wait as long for a dead worker's jobs as production does. */
function shortenedTimes(): { lockMs?: number; stalledCheckMs?: number } {
  const lockMs = Number(processVariable('TALLYSTICK_JOB_LOCK_MS'));
  const stalledCheckMs = Number(processVariable('TALLYSTICK_STALLED_CHECK_MS'));
  return { ...(lockMs > 0 ? { lockMs } : {}), ...(stalledCheckMs > 0 ? { stalledCheckMs } : {}) };
}

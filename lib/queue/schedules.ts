import { type Lanes, RETENTION } from './enqueue';
import { type Job, LANES } from './job';

/** Makes the queue's schedules those of the list: changed ones are replaced, unknown ones removed. Always UTC. */
export async function syncSchedules(lanes: Lanes, jobs: readonly Job[]): Promise<void> {
  for (const lane of LANES) {
    const wanted = jobs.filter((job) => job.schedule && job.lane === lane);
    const names = new Set(wanted.map((job) => job.name));
    for (const old of await lanes[lane].getJobSchedulers()) {
      if (!names.has(old.key)) await lanes[lane].removeJobScheduler(old.key);
    }
    for (const job of wanted) {
      const { schedule } = job;
      if (!schedule) continue;
      const repeat = 'cron' in schedule ? { pattern: schedule.cron, tz: 'UTC' } : { every: schedule.everyMs };
      await lanes[lane].upsertJobScheduler(job.name, repeat, {
        name: job.name,
        data: schedule.payload,
        opts: { attempts: job.attempts, backoff: { type: 'exponential', delay: 1_000 }, ...RETENTION },
      });
    }
  }
}

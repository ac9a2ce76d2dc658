import { findOrganization } from '@/lib/auth/store/org-rows';
import type { Sql } from '@/lib/db/sql';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { ControlScheduleDto } from '../contract';
import { loadControlSettings } from '../load-settings';
import { missedDues, nextDue, type Schedule } from '../model/schedule';
import { finishedRuns, listRuns } from '../store/read-runs';
import { runDto } from './control-dto';

const LOOKED_BACK_DAYS = 365;
const SHOWN_AT_MOST = 50;

/** How the runs of one organisation stand: the last, the next, and those that were due and that nobody finished. */
export async function scheduleOf(
  sql: Sql,
  of: { readonly orgId: string; readonly now: Date },
): Promise<ControlScheduleDto & { readonly schedule: Schedule }> {
  const { orgId, now } = of;
  const { schedule } = await loadControlSettings(sql, orgId, now);
  const organization = await findOrganization(sql, orgId);
  const back = addMs(now, -LOOKED_BACK_DAYS * DAY_MS);
  const connected = organization?.connectedAt ?? now;
  const since = connected > back ? connected : back;
  const runs = await finishedRuns(sql, orgId, since);
  const missed = missedDues(schedule, { since, now, runs }).reverse();
  const [last] = await listRuns(sql, { orgIds: [orgId], before: null, limit: 1 });
  return {
    orgId,
    formal: schedule.formal,
    continuous: schedule.continuous,
    lastRun: last === undefined ? null : runDto(last),
    nextDueAt: toIso(nextDue(schedule, now).dueAt),
    missed: missed.slice(0, SHOWN_AT_MOST).map(({ dueAt, cadence }) => ({ dueAt: toIso(dueAt), cadence })),
    missedTotal: missed.length,
    schedule,
  };
}

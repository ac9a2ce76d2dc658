import type { WindowVersion } from '@/lib/directory/model/window/window';
import { calendarOf } from '@/lib/directory/windows/calendar';
import { addMs, DAY_MS, type Interval } from '@/lib/kernel/instant';
import { judgeLists, type LinkDependencies, type LinkRun } from './link-changes';
import { markJudged, notJudged } from './store/calendar-judged';
import { type ChangePlace, readLinkedWithin, readOfObjects } from './store/changes-of-calendar';

const BATCH = 500;
/** Freezes are expanded by years, the widest stretch a calendar gives at once being five. */
const YEAR_MS = 365 * DAY_MS;

/**
 * Judges again the changes that what is new in the calendar concerns: those of the objects that a window names or named, and the linked ones
 * made while a freeze is or was on. Nothing new: nothing is read. Safe to repeat and to kill: a version counts as judged when all its changes
 * were.
 */
export async function relinkForCalendar(
  orgId: string,
  dependencies: LinkDependencies,
): Promise<LinkRun | null> {
  const { calendar, db } = dependencies;
  if (calendar === undefined) return null;
  const pending = await notJudged(
    db.sql,
    orgId,
    calendar.versions.map((one) => one.versionId),
  );
  if (pending.size === 0) return null;
  const touched = new Set(
    calendar.versions.filter((one) => pending.has(one.versionId)).map((one) => one.windowId),
  );
  const versions = calendar.versions.filter((one) => touched.has(one.windowId));
  const objects = [...new Set(versions.flatMap((one) => (one.kind === 'window' ? one.scope.objects : [])))];
  const frozen = frozenTimes(
    versions.filter((one) => one.kind === 'freeze'),
    { pending, now: dependencies.now() },
  );
  const run = await judgeLists(orgId, dependencies, { cause: 'calendar_changed', ticket: null }, [
    (sql, after: ChangePlace | null) => readOfObjects(sql, { orgId, objects, after, limit: BATCH }),
    (sql, after: ChangePlace | null) => readLinkedWithin(sql, { orgId, within: frozen, after, limit: BATCH }),
  ]);
  if (run.stopped) return run;
  await markJudged(db.sql, { orgId, versionIds: [...pending], at: dependencies.now() });
  return run;
}

/**
 * Times up to now in which the freezes are on, or were before what is pending was decided, from when the first pending one is effective: before
 * that, nothing changed.
 */
function frozenTimes(
  versions: readonly WindowVersion[],
  of: { readonly pending: ReadonlySet<string>; readonly now: Date },
): Interval[] {
  const since = versions
    .filter((one) => of.pending.has(one.versionId))
    .map((one) => one.effectiveFrom.getTime());
  if (since.length === 0) return [];
  const before = calendarOf(versions.filter((one) => !of.pending.has(one.versionId)));
  const after = calendarOf(versions);
  const times: Interval[] = [];
  for (let from = new Date(Math.min(...since)); from < of.now; from = addMs(from, YEAR_MS)) {
    const range = { from, to: new Date(Math.min(addMs(from, YEAR_MS).getTime(), of.now.getTime())) };
    for (const one of [...before.occurrencesIn(range), ...after.occurrencesIn(range)])
      times.push({ from: one.from, to: one.to });
  }
  return times;
}

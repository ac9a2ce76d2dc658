import type { Database } from '@/lib/db/connection';
import { sqlState } from '@/lib/db/errors';
import type { Sql } from '@/lib/db/sql';
import { addMs, HOUR_MS, type Interval } from '@/lib/kernel/instant';
import { log } from '@/lib/log/log';
import { loadRange } from './load-range';
import { decideGroups } from './model/decide-groups';
import { dueHours, lockSessions, sizesOfHours, takeHours } from './store/due-hours';
import { writeGroups } from './write-groups';

/** Bounds memory; more at once is not faster. */
export const RANGE_CHANGES = 20_000;
/** Due hours looked at to choose a range. */
const DUE_HOURS = 2_000;
const ATTEMPTS = 4;

const sessionsLog = log.child({ room: 'sessions' });

export type Grouped = {
  /** Due hours that were read. */
  readonly hours: number;
  /** Ids of sessions that are new or other than before. */
  readonly sessions: readonly string[];
};

export type GroupAsk = {
  readonly orgId: string;
  readonly now: Date;
  /** Ends it between two ranges. */
  readonly signal?: AbortSignal;
  /** Changes grouped in one transaction, unless a single hour holds more; default `RANGE_CHANGES`. */
  readonly rangeChanges?: number;
};

/**
 * Groups what is due: hours in which changes came in or became other. Range by range, each in one transaction that takes the
 * hours off the list, reads what they may belong to, and writes the sessions. The result is that of grouping all changes at
 * once, in whatever order they came. Killed anywhere, a range is done or still due; safe to overlap and to repeat.
 */
export async function groupChanges(db: Database, asked: GroupAsk): Promise<Grouped> {
  const sessions = new Set<string>();
  let hours = 0;
  while (!asked.signal?.aborted) {
    const done = await retryingDeadlocks(() => db.transaction((sql) => groupNext(sql, asked)));
    if (done === null) break;
    hours += done.hours;
    for (const id of done.sessions) sessions.add(id);
  }
  if (hours > 0) sessionsLog.info({ orgId: asked.orgId, hours, sessions: sessions.size }, 'changes grouped');
  return { hours, sessions: [...sessions] };
}

async function groupNext(
  sql: Sql,
  { orgId, now, rangeChanges = RANGE_CHANGES }: GroupAsk,
): Promise<Grouped | null> {
  await lockSessions(sql, orgId);
  const range = await nextRange(sql, orgId, rangeChanges);
  if (range === null) return null;
  const hours = await takeHours(sql, orgId, range);
  const known = await loadRange(sql, orgId, range);
  const sessions = await writeGroups(sql, orgId, { known, decided: decideGroups(known), now });
  return { hours, sessions };
}

/** As many due hours from the first on as hold few enough changes, those between them included. */
async function nextRange(sql: Sql, orgId: string, rangeChanges: number): Promise<Interval | null> {
  const due = await dueHours(sql, orgId, DUE_HOURS);
  const first = due[0];
  const last = due.at(-1);
  if (first === undefined || last === undefined) return null;
  let end = first;
  let total = 0;
  const sizes = await sizesOfHours(sql, orgId, { first, last });
  let next = 0;
  for (const hour of due) {
    for (let size = sizes[next]; size !== undefined && size.hour <= hour; size = sizes[++next])
      total += size.n;
    if (total > rangeChanges && hour > first) break;
    end = hour;
  }
  return { from: first, to: addMs(end, HOUR_MS) };
}

/** Rows are locked in one order within a statement, but a range takes several; a deadlock is a reason to try again. */
async function retryingDeadlocks<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (thrown) {
      const state = sqlState(thrown);
      if (attempt >= ATTEMPTS || (state !== '40P01' && state !== '40001')) throw thrown;
    }
  }
}

import { view } from '@/lib/auth/view';
import { requestError } from '@/lib/kernel/errors';
import { addMs, floorToHour, HOUR_MS, type Interval } from '@/lib/kernel/instant';
import type { SessionSummaryDto, SessionSummaryQuery } from '../contract';
import { countSessions } from '../store/read/session-contents';

/** Far enough for any instant that a record may bear. */
const EVER: Interval = { from: new Date(Date.UTC(1970, 0, 1)), to: new Date(Date.UTC(2200, 0, 1)) };

/** Counts of one period for the overview: a bulk task is one entry, however many changes it holds. */
export const viewSessionSummary = view(
  { permission: 'sessions.read' },
  async ({ sql }, query: SessionSummaryQuery): Promise<SessionSummaryDto> => {
    const from = query.from === undefined ? null : new Date(query.from);
    const to = query.to === undefined ? null : new Date(query.to);
    if (from !== null && to !== null && from >= to)
      throw requestError('bad_request', 'cannot count sessions: `from` is not before `to`');
    const counts = await countSessions(sql, {
      from,
      to,
      ...inHours({ from: from ?? EVER.from, to: to ?? EVER.to }),
      orgIds: query.org ?? null,
    });
    return {
      sessions: counts.bulkTasks + counts.cascades,
      bulkTasks: counts.bulkTasks,
      cascades: counts.cascades,
      changesInSessions: counts.inSessions,
      changesAlone: counts.all - counts.inSessions,
    };
  },
);

/** The whole hours of a range, and what is left of it at its ends. */
function inHours(range: Interval): { hours: Interval | null; ends: Interval[] } {
  const first = floorToHour(addMs(range.from, HOUR_MS - 1));
  const last = floorToHour(range.to);
  if (first >= last) return { hours: null, ends: [range] };
  const ends = [
    { from: range.from, to: first },
    { from: last, to: range.to },
  ].filter((end) => end.from < end.to);
  return { hours: { from: first, to: last }, ends };
}

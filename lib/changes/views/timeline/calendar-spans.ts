import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { TimelineSpanDto } from '../../contract/timeline';

/** Windows and freezes of the organisations in the range, earliest first. */
export async function calendarSpans(
  _sql: Sql,
  _orgIds: readonly string[],
  _range: Interval,
): Promise<TimelineSpanDto[]> {
  return [];
}

import type { Sql } from '@/lib/db/sql';
import { isUnlimited } from '@/lib/directory/model/window/scope';
import type { WindowScope } from '@/lib/directory/model/window/window';
import { calendarAt } from '@/lib/directory/windows/calendar-at';
import { type Interval, toIso } from '@/lib/kernel/instant';
import type { TimelineSpanDto } from '../../contract/timeline';

/** Windows and freezes of the organisations in the range as they held then, earliest first. */
export async function calendarSpans(
  sql: Sql,
  orgIds: readonly string[],
  range: Interval,
): Promise<TimelineSpanDto[]> {
  const spans: TimelineSpanDto[] = [];
  for (const orgId of orgIds) {
    const calendar = await calendarAt(sql, orgId);
    for (const { window, from, to } of calendar.occurrencesIn(range)) {
      spans.push({
        id: window.windowId,
        kind: window.kind,
        name: window.name,
        from: toIso(from),
        to: toIso(to),
        scope: scopeWords(window.scope),
        approver: window.approver,
      });
    }
  }
  return spans.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.id < b.id ? -1 : 1));
}

function scopeWords(scope: WindowScope): string {
  if (isUnlimited(scope)) return 'the whole organisation';
  const count = (n: number, word: string) => (n === 0 ? [] : [`${n} ${word}${n === 1 ? '' : 's'}`]);
  return [
    ...scope.services,
    ...scope.entityTypes,
    ...count(scope.divisions.length, 'division'),
    ...count(scope.objects.length, 'named object'),
  ].join(', ');
}

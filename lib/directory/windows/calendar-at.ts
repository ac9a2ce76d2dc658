import type { Sql } from '@/lib/db/sql';
import { loadWindowVersions } from '../store/window-versions';
import { type Calendar, calendarOf } from './calendar';

/** The calendar of an organisation as it is known now, or as it was known at an instant. */
export async function calendarAt(sql: Sql, orgId: string, asOf: Date | null = null): Promise<Calendar> {
  return calendarOf(await loadWindowVersions(sql, orgId, asOf));
}

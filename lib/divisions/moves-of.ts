import type { Sql } from '@/lib/db/sql';
import type { RecordedMove } from './model/recorded-move';
import { movesOfHours } from './store/move-rows';

/** The moves that happened in these hours (their beginnings, UTC), oldest first, with what their changes say now. */
export function movesOf(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[] },
): Promise<RecordedMove[]> {
  return movesOfHours(sql, of);
}

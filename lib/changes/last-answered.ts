import type { Sql } from '@/lib/db/sql';
import { selectLastAnswered } from './store/coverage/last-answered';

/** When an audit query of the organisation was last answered; null when none ever was. */
export function lastAnswered(sql: Sql, orgId: string): Promise<Date | null> {
  return selectLastAnswered(sql, orgId);
}

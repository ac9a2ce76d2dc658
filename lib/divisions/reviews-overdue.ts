import type { Sql } from '@/lib/db/sql';
import { overdueMoves } from './store/reviews';

/** Moves that nobody reviewed in time, the longest overdue first. */
export function reviewsOverdue(
  sql: Sql,
  of: { readonly orgId: string; readonly now: Date },
): Promise<readonly { readonly id: string; readonly at: Date; readonly dueAt: Date }[]> {
  return overdueMoves(sql, of);
}

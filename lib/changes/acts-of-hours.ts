import type { Sql } from '@/lib/db/sql';
import { type JudgedRow, type RowPlace, selectActsOfHours, selectClientsMade } from './store/read/hour-rows';

const PAGE = 1_000;

/**
 * The changes of these hours that somebody made, a page at a time in event time, as they stand now: accountable ones, and
 * all of other organisations' people. Requires `sql` to be bound to one transaction, so that the pages fit together.
 */
export async function* actsOfHours(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[] },
): AsyncGenerator<readonly JudgedRow[]> {
  let after: RowPlace | null = null;
  for (;;) {
    const rows: JudgedRow[] = await selectActsOfHours(sql, { ...of, after, limit: PAGE });
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows;
    if (rows.length < PAGE) return;
    after = { eventDate: last.eventDate, id: last.id };
  }
}

/** The OAuth clients that were made in `[from, to)`: when and by whom, in event time. */
export function clientsMadeBetween(
  sql: Sql,
  asked: { readonly orgId: string; readonly from: Date; readonly to: Date },
): Promise<{ readonly at: Date; readonly id: string; readonly actorId: string }[]> {
  return selectClientsMade(sql, asked);
}

import type { Sql } from '@/lib/db/sql';
import { readCitations } from './model/read-citations';
import { selectLastStatus } from './store/closed-tickets';

/** Words for the end of a ticket in Jira and ServiceNow; ServiceNow's history gives the numbers of its states, 3 closed and 4 cancelled. */
const CLOSED = /^(done|clos|resolv|complete|cancel|reject|declin|won.t|3$|4$|7$)/i;

export type ClosedTicket = { readonly key: string; readonly at: Date };

/**
 * The tickets that a text cites and that were closed when they were last read, oldest first. Tickets that no change ever
 * cited were not read: of them nothing is said.
 */
export async function closedTicketsIn(
  sql: Sql,
  of: { readonly orgId: string; readonly text: string },
): Promise<ClosedTicket[]> {
  const keys = readCitations(of.text).flatMap(({ kind, reference }) =>
    kind === 'commit' ? [] : [reference],
  );
  if (keys.length === 0) return [];
  const last = await selectLastStatus(sql, of.orgId, keys);
  return last
    .flatMap(({ key, status, at }) => (at !== null && CLOSED.test(status) ? [{ key, at }] : []))
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}

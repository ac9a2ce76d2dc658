import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import { moveSessionRows, writeSessions } from './store/opinion/sessions';

/** Which session a change belongs to; null for none. */
export type SessionOf = {
  readonly changeId: string;
  /** The change's own event date: it finds the partition. */
  readonly eventDate: Date;
  readonly sessionId: string | null;
};

/** Sets the session of changes where it differs, in one statement. Returns how many it changed. Idempotent. */
export async function applySessions(
  sql: Sql,
  input: { readonly orgId: string; readonly sessions: readonly SessionOf[] },
): Promise<number> {
  return input.sessions.length === 0 ? 0 : writeSessions(sql, input.orgId, input.sessions);
}

/**
 * Gives all changes of a session that lie in the range, both ends included, to another session, or to none: for sessions
 * that join or are named anew, whose changes nobody wants to read one by one. Returns how many there were.
 */
export async function moveSession(
  sql: Sql,
  input: {
    readonly orgId: string;
    readonly from: string;
    readonly to: string | null;
    readonly within: Interval;
  },
): Promise<number> {
  return input.from === input.to ? 0 : moveSessionRows(sql, input);
}

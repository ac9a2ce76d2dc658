import type { Sql } from '@/lib/db/sql';
import { currentId, membersOf } from './store/read/session-contents';
import { sessionsById } from './store/read/session-list';

/** A session with what is nested in it, and the time from its first change to its last. */
export type SessionScope = { readonly ids: readonly string[]; readonly from: Date; readonly to: Date };

/** What an id of a session means, former ids too; null when there is no such session to be seen. */
export async function sessionScope(sql: Sql, id: string): Promise<SessionScope | null> {
  const current = await currentId(sql, id);
  const [session] = current === null ? [] : await sessionsById(sql, [current]);
  if (session === undefined) return null;
  return { ids: await membersOf(sql, session), from: session.firstAt, to: session.lastAt };
}

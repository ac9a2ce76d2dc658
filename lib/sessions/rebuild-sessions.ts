import type { Database } from '@/lib/db/connection';
import { type GroupAsk, type Grouped, groupChanges } from './group-changes';
import { lockSessions, putAllHours } from './store/due-hours';
import { dropAllSessions } from './store/session-rows';

/**
 * Drops every session of an organisation and groups all its changes anew, to the same values: sessions are an opinion.
 * Former ids stay, since no change tells them. Until it is done some sessions are missing; killed in the middle, the next
 * grouping goes on.
 */
export async function rebuildSessions(db: Database, asked: GroupAsk): Promise<Grouped> {
  await db.transaction(async (sql) => {
    await lockSessions(sql, asked.orgId);
    await dropAllSessions(sql, asked.orgId);
    await putAllHours(sql, asked.orgId);
  });
  return groupChanges(db, asked);
}

import type { Sql } from '@/lib/db/sql';
import { lockNotices, markTold, type Notice } from './store/notices';

const AT_ONCE = 200;

export type ToTell = Pick<
  Notice,
  'orgId' | 'key' | 'exceptionId' | 'at' | 'severity' | 'purpose' | 'title' | 'path' | 'userIds' | 'roles'
>;

/**
 * Takes the next notices of an organisation as told, oldest first. Requires the transaction that hands them on, so that neither
 * happens without the other. What speaks of several exceptions says how many and opens their list.
 */
export async function takeNotices(sql: Sql, orgId: string, now: Date): Promise<readonly ToTell[]> {
  const notices = await lockNotices(sql, orgId, AT_ONCE);
  await markTold(
    sql,
    notices.map((notice) => notice.id),
    now,
  );
  return notices.map(({ items, many, manyPath, id: _, ...one }) =>
    items === 1 ? one : { ...one, purpose: 'digest', title: `${items} ${many}`, path: manyPath },
  );
}

import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { Permission } from './permissions';
import { actorOf, type Viewer } from './viewer';

/** Journals that somebody asked for what their role does not hold. The act did not happen, so the row stands alone. */
export async function recordDenial(
  sql: Sql,
  denied: { readonly viewer: Viewer; readonly permission: Permission },
): Promise<void> {
  await appendJournal(sql, {
    actor: actorOf(denied.viewer),
    action: 'access.denied',
    objectType: 'permission',
    objectId: denied.permission,
    detail: { role: denied.viewer.role },
  });
}

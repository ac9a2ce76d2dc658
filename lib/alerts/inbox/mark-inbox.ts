import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { markAllBefore, markItems } from '../store/alert/inbox-rows';

export type InboxMark =
  | { readonly ids: readonly string[]; readonly read: boolean }
  | { readonly allBefore: string };

/** Marks a person's own items as read or unread, and returns how many it changed. Others' items are left as they are. */
export async function markInbox(
  sql: Sql,
  mark: InboxMark,
  by: { readonly userId: string; readonly actor: JournalActor; readonly now: Date },
): Promise<number> {
  const changed =
    'ids' in mark
      ? await markItems(sql, { userId: by.userId, ids: mark.ids, readAt: mark.read ? by.now : null })
      : await markAllBefore(sql, {
          userId: by.userId,
          before: new Date(mark.allBefore),
          readAt: by.now,
        });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'inbox.marked',
    objectType: 'inbox',
    objectId: by.userId,
    detail: { changed, as: 'ids' in mark && !mark.read ? 'unread' : 'read' },
    at: by.now,
  });
  return changed;
}

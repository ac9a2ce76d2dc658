import type { z } from 'zod';
import { view } from '@/lib/auth/view';
import { severityOf } from '@/lib/findings/model/severity';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE } from '@/lib/kernel/paging';
import type { InboxDto, inboxListSchema } from '../contract/alerts';
import { countUnread, selectItems } from '../store/alert/inbox-rows';

/** The viewer's own inbox, newest first; keys and the command line have none. */
export const viewInbox = view<z.output<typeof inboxListSchema>, InboxDto>(
  { permission: 'self.read' },
  async ({ sql, viewer }, query) => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await selectItems(sql, {
      userId: viewer.id,
      unread: query.unread === 'true',
      after: afterOf(query.cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    return {
      items: page.map((row) => ({
        id: row.id,
        alertId: row.alertId,
        orgId: row.orgId,
        at: toIso(row.at),
        severity: severityOf(row.severity),
        title: row.title,
        purpose: row.purpose,
        readAt: row.readAt === null ? null : toIso(row.readAt),
        path: row.path,
      })),
      nextCursor: last === undefined ? null : encodeCursor([last.at.toISOString(), last.id]),
      unread: await countUnread(sql, viewer.id),
    };
  },
);

function afterOf(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

import { handle } from '@/app/api/handle';
import { inboxReadSchema } from '@/lib/alerts/contract/alerts';
import { markInbox } from '@/lib/alerts/inbox/mark-inbox';

export const POST = handle({
  permission: 'self.write',
  summary: 'Mark your own items as read or unread',
  body: inboxReadSchema,
  run: async ({ tx, by, body, viewer }) => ({
    changed: await markInbox(tx.sql, body, { ...by, userId: viewer.id }),
  }),
});

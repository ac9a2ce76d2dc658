import { handle } from '@/app/api/handle';
import { inboxListSchema } from '@/lib/alerts/contract/alerts';
import { viewInbox } from '@/lib/alerts/views/inbox';

export const GET = handle({
  permission: 'self.read',
  summary: 'Your own inbox, newest first, with the number of unread items',
  query: inboxListSchema,
  run: ({ viewer, query }) => viewInbox(viewer, query),
});

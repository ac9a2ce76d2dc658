import { handle } from '@/app/api/handle';
import { sessionListSchema } from '@/lib/sessions/contract';
import { viewSessions } from '@/lib/sessions/views/list-sessions';

export const GET = handle({
  permission: 'sessions.read',
  summary: 'Sessions (cascades and bulk tasks) under a filter, by keyset',
  query: sessionListSchema,
  run: ({ viewer, query }) => viewSessions(viewer, query),
});

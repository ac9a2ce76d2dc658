import { handle } from '@/app/api/handle';
import { sessionIdSchema } from '@/lib/sessions/contract';
import { viewSession } from '@/lib/sessions/views/session-detail';

export const GET = handle({
  permission: 'sessions.read',
  summary:
    'One session with its parts, nested sessions and the rule that grouped it; former ids find it, too',
  params: sessionIdSchema,
  run: ({ viewer, params }) => viewSession(viewer, params),
});

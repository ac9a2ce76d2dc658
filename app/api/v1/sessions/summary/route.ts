import { handle } from '@/app/api/handle';
import { sessionSummarySchema } from '@/lib/sessions/contract';
import { viewSessionSummary } from '@/lib/sessions/views/session-summary';

export const GET = handle({
  permission: 'sessions.read',
  summary: 'How many sessions a period has, and how many changes stand in them and alone',
  query: sessionSummarySchema,
  run: ({ viewer, query }) => viewSessionSummary(viewer, query),
});

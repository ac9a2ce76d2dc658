import { handle } from '@/app/api/handle';
import { breakdownAnswerSchema, breakdownQuerySchema } from '@/lib/linking/contract/rate-breakdown';
import { viewRateBreakdown } from '@/lib/linking/views/rate-breakdown';

export const GET = handle({
  permission: 'metrics.read',
  summary: 'The unlinked change rate by day, service, team, actor, division or organisation, with its trends',
  query: breakdownQuerySchema,
  answer: breakdownAnswerSchema,
  run: ({ viewer, query }) => viewRateBreakdown(viewer, query),
});

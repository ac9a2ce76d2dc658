import { handle } from '@/app/api/handle';
import { rateAnswerSchema, rateQuerySchema } from '@/lib/linking/contract';
import { viewUnlinkedRate } from '@/lib/linking/views';

export const GET = handle({
  permission: 'metrics.read',
  summary: 'The unlinked change rate with its series, its exclusions and the period before',
  query: rateQuerySchema,
  answer: rateAnswerSchema,
  run: ({ viewer, query }) => viewUnlinkedRate(viewer, query),
});

import { handle } from '@/app/api/handle';
import { moveFilterSchema } from '@/lib/divisions/contract';
import { viewMoveSummary } from '@/lib/divisions/views/summarise-moves';

export const GET = handle({
  permission: 'moves.read',
  summary: 'Counts, flows and series of the division moves under a filter',
  query: moveFilterSchema,
  run: ({ viewer, query }) => viewMoveSummary(viewer, query),
});

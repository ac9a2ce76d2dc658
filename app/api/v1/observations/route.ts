import { handle } from '@/app/api/handle';
import { pagedQuerySchema } from '@/lib/changes/contract';
import { viewObservations } from '@/lib/changes/views/collection';

export const GET = handle({
  permission: 'quarantine.read',
  summary: 'The schema history: what the source told for the first time, or otherwise than before',
  query: pagedQuerySchema,
  run: ({ viewer, query }) => viewObservations(viewer, query),
});

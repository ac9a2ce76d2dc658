import { handle } from '@/app/api/handle';
import { readingsQuerySchema } from '@/lib/changes/contract-lists';
import { viewReadings } from '@/lib/changes/views/coverage';

export const GET = handle({
  permission: 'coverage.read',
  summary: 'The readings behind one hour, with the chain of their digests',
  query: readingsQuerySchema,
  run: ({ viewer, query }) => viewReadings(viewer, query),
});

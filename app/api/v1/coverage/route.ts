import { handle } from '@/app/api/handle';
import { coverageQuerySchema } from '@/lib/changes/contract';
import { viewCoverage } from '@/lib/changes/views/coverage';

export const GET = handle({
  permission: 'coverage.read',
  summary: 'Every hour of a range with how completely it was read',
  query: coverageQuerySchema,
  run: ({ viewer, query }) => viewCoverage(viewer, query),
});

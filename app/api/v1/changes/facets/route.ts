import { handle } from '@/app/api/handle';
import { changeFilterSchema } from '@/lib/changes/contract';
import { viewFacets } from '@/lib/changes/views/count-changes';

export const GET = handle({
  permission: 'changes.read',
  summary: 'How many changes each value of each filter has under the other filters',
  query: changeFilterSchema,
  run: ({ viewer, query }) => viewFacets(viewer, query),
});

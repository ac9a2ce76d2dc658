import { handle } from '@/app/api/handle';
import { changeListSchema } from '@/lib/changes/contract';
import { viewChanges } from '@/lib/changes/views/list-changes';

export const GET = handle({
  permission: 'changes.read',
  summary: 'Changes under a filter, by keyset',
  query: changeListSchema,
  run: ({ viewer, query }) => viewChanges(viewer, query),
});

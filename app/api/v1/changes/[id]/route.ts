import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { viewChange } from '@/lib/changes/views/change-detail';

export const GET = handle({
  permission: 'changes.read',
  summary: 'One change with everything behind it',
  params: changeIdSchema,
  run: ({ viewer, params }) => viewChange(viewer, params),
});

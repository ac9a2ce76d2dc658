import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { viewQuarantined } from '@/lib/changes/views/collection';

export const GET = handle({
  permission: 'quarantine.read',
  summary: 'One record that could not be read',
  params: changeIdSchema,
  run: ({ viewer, params }) => viewQuarantined(viewer, params),
});

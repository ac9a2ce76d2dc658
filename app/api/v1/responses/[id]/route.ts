import { handle } from '@/app/api/handle';
import { responseIdSchema } from '@/lib/alerts/contract/responses';
import { viewResponse } from '@/lib/alerts/views/responses';

export const GET = handle({
  permission: 'responses.read',
  summary: 'One response with its finding, guards, steps and history, and what you may do about it',
  params: responseIdSchema,
  run: ({ viewer, params }) => viewResponse(viewer, params),
});

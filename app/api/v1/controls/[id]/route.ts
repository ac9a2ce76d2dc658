import { handle } from '@/app/api/handle';
import { controlDetailSchema, controlIdSchema } from '@/lib/controls/contract';
import { viewControl } from '@/lib/controls/views/control-detail';

export const GET = handle({
  permission: 'controls.read',
  summary: 'One control with its last result, what it rests on and what it is judged by',
  params: controlIdSchema,
  query: controlDetailSchema,
  run: ({ viewer, params, query }) => viewControl(viewer, { ...query, ...params }),
});

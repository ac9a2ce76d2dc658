import { handle } from '@/app/api/handle';
import { controlHistorySchema, controlIdSchema } from '@/lib/controls/contract';
import { viewControlHistory } from '@/lib/controls/views/control-history';

export const GET = handle({
  permission: 'controls.read',
  summary: 'How a control stood at the end of each day, and the moments it changed',
  params: controlIdSchema,
  query: controlHistorySchema,
  run: ({ viewer, params, query }) => viewControlHistory(viewer, { ...query, ...params }),
});

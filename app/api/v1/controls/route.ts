import { handle } from '@/app/api/handle';
import { controlListSchema } from '@/lib/controls/contract';
import { viewControls } from '@/lib/controls/views/controls';

export const GET = handle({
  permission: 'controls.read',
  summary: 'How every control stands, now or at an instant, with the last, the next and the missed runs',
  query: controlListSchema,
  run: ({ viewer, query }) => viewControls(viewer, query),
});

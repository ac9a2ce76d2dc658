import { handle } from '@/app/api/handle';
import { excusePreviewAnswerSchema, excusePreviewSchema } from '@/lib/linking/contract/excuses';
import { viewExcusePreview } from '@/lib/linking/views/excuses';

export const POST = handle({
  permission: 'settings.read',
  summary: 'What a rule of these terms would have excused, and how the rate would move; changes nothing',
  body: excusePreviewSchema,
  answer: excusePreviewAnswerSchema,
  run: ({ viewer, body }) => viewExcusePreview(viewer, body),
});

import { handle } from '@/app/api/handle';
import { windowPreviewAnswerSchema, windowPreviewSchema } from '@/lib/directory/contract/windows';
import { viewWindowPreview } from '@/lib/directory/views/windows';

export const POST = handle({
  permission: 'settings.read',
  summary: 'When a window that is being typed in would be open next; changes nothing',
  body: windowPreviewSchema,
  answer: windowPreviewAnswerSchema,
  run: ({ viewer, body }) => viewWindowPreview(viewer, body),
});

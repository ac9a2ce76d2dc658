import { handle } from '@/app/api/handle';
import { meSchema } from '@/lib/auth/contract';
import { readMe } from '@/lib/auth/views/people';

export const GET = handle({
  permission: 'self.read',
  summary: 'Who asks, and what they may do',
  answer: meSchema,
  run: ({ viewer }) => readMe(viewer),
});

import { handle } from '@/app/api/handle';
import { moveIdSchema } from '@/lib/divisions/contract';
import { viewMove } from '@/lib/divisions/views/move-detail';

export const GET = handle({
  permission: 'moves.read',
  summary: 'One division move with its effect, reviews, links and findings',
  params: moveIdSchema,
  run: ({ viewer, params }) => viewMove(viewer, params),
});

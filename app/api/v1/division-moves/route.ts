import { handle } from '@/app/api/handle';
import { moveListSchema } from '@/lib/divisions/contract';
import { viewMoves } from '@/lib/divisions/views/list-moves';

export const GET = handle({
  permission: 'moves.read',
  summary: 'Division moves under a filter, by keyset',
  query: moveListSchema,
  run: ({ viewer, query }) => viewMoves(viewer, query),
});

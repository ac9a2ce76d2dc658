import { handle } from '@/app/api/handle';
import { moveIdSchema, moveReviewSchema, reviewMadeSchema } from '@/lib/divisions/contract';
import { reviewMove } from '@/lib/divisions/review-move';

export const POST = handle({
  permission: 'moves.review',
  summary: 'Record the outcome of a review; whoever made the move may not',
  params: moveIdSchema,
  body: moveReviewSchema,
  answer: reviewMadeSchema,
  status: 201,
  run: ({ tx, by, params, body, viewer }) =>
    reviewMove(tx.sql, { moveId: params.id, ...body }, { ...by, orgIds: viewer.orgIds }),
});

import { handle } from '@/app/api/handle';
import { changeIdSchema } from '@/lib/changes/contract-lists';
import { closedLoopSchema } from '@/lib/linking/contract/closed-loop';
import { viewClosedLoop } from '@/lib/linking/views/closed-loop';

export const GET = handle({
  permission: 'changes.read',
  summary: 'Review, merge, apply and record of a change: which step is there and which is missing',
  params: changeIdSchema,
  answer: closedLoopSchema,
  run: ({ viewer, params }) => viewClosedLoop(viewer, params),
});

import { handle } from '@/app/api/handle';
import { responseDecisionSchema, responseIdSchema } from '@/lib/alerts/contract/responses';
import { decideResponse } from '@/lib/alerts/responses/decide-response';
import { carryOutJob } from '@/lib/alerts/responses/jobs';
import { enqueue } from '@/lib/queue/enqueue';

export const POST = handle({
  permission: 'responses.decide',
  summary:
    'Approves or rejects a waiting response, or asks to undo one; approving and undoing need the target’s name typed',
  params: responseIdSchema,
  body: responseDecisionSchema,
  run: async ({ viewer, params, body, tx, by, afterCommit }) => {
    const { id, state, toCarryOut } = await decideResponse(tx.sql, { ...body, ...params }, { viewer, ...by });
    if (toCarryOut !== null)
      afterCommit(async () => {
        await enqueue(carryOutJob, { responseId: toCarryOut }, { onceKey: toCarryOut });
      });
    return { id, state };
  },
});

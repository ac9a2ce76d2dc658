import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { messageOf } from '@/lib/kernel/errors';
import { excuseDecisionSchema } from '@/lib/linking/contract/excuses';
import { decideExcuse } from '@/lib/linking/excuses/decide-excuse';
import { excuseNow } from '@/lib/linking/jobs';
import { log } from '@/lib/log/log';
import { enqueue } from '@/lib/queue/enqueue';

export const POST = handle({
  permission: 'excuses.manage',
  summary: 'Approve, refuse or withdraw a rule; whoever proposed it may not approve it',
  params: idParams,
  body: excuseDecisionSchema,
  async run({ tx, by, viewer, params, body, afterCommit }) {
    const { orgId } = await decideExcuse(tx.sql, { orgIds: viewer.orgIds, id: params.id, input: body }, by);
    afterCommit(async () => {
      try {
        await enqueue(excuseNow, { orgId }, { onceKey: orgId });
      } catch (error) {
        log.warn({ orgId, reason: messageOf(error) }, 'what a rule excuses waits for the next pass');
      }
    });
  },
});

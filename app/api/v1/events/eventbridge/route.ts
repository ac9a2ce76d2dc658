import { handle } from '@/app/api/handle';
import { bodyBytesOf } from '@/app/api/read-request';
import { type PushAnswer, pushAnswerSchema } from '@/lib/changes/contract-push';
import { takePushed } from '@/lib/changes/jobs';
import { receiveEvents } from '@/lib/changes/push/receive-events';
import { messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import { enqueue } from '@/lib/queue/enqueue';

export const POST = handle({
  permission: 'events.push',
  summary:
    'Hands in audit events as Amazon EventBridge delivers them, one or an array; answered once they are kept',
  answer: pushAnswerSchema,
  status: 202,
  prepare: ({ request }) => bodyBytesOf(request),
  async run({ tx, by, viewer, prepared: body, journal, afterCommit }): Promise<PushAnswer> {
    const { orgIds, ...answer } = await receiveEvents(tx.sql, { body, orgIds: viewer.orgIds, now: by.now });
    const [only = null, another] = orgIds;
    await journal({
      action: 'events.received',
      objectType: 'push',
      orgId: another === undefined ? only : null,
      detail: answer,
    });
    afterCommit(async () => {
      try {
        for (const orgId of orgIds) await enqueue(takePushed, { orgId }, { onceKey: orgId });
      } catch (error) {
        // The events are kept, and the sweep of every minute finds them: no reason to have them sent again.
        log.warn({ reason: messageOf(error) }, 'pushed events wait for the sweep');
      }
    });
    return answer;
  },
});

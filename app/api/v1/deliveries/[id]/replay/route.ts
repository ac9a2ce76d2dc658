import { handle } from '@/app/api/handle';
import { replayDelivery } from '@/lib/alerts/deliveries/replay-delivery';
import { deliverDueJob } from '@/lib/alerts/jobs';
import { deliveryDto } from '@/lib/alerts/views/deliveries';
import { idParams } from '@/lib/auth/contract';
import { enqueue } from '@/lib/queue/enqueue';

export const POST = handle({
  permission: 'alerts.handle',
  summary: 'Try a dead letter again',
  params: idParams,
  run: async ({ tx, by, viewer, params, afterCommit }) => {
    await replayDelivery(
      tx.sql,
      { id: params.id, orgIds: viewer.orgIds, installation: viewer.limited !== true },
      by,
    );
    afterCommit(async () => void (await enqueue(deliverDueJob, {}, { onceKey: 'now' })));
    return deliveryDto(tx.sql, params.id);
  },
});

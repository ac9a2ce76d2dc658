import { handle } from '@/app/api/handle';
import { testChannel } from '@/lib/alerts/channels/test-channel';
import { deliveryDeps } from '@/lib/alerts/deliveries/deps';
import { deliveryDto } from '@/lib/alerts/views/deliveries';
import { idParams } from '@/lib/auth/contract';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';

export const POST = handle({
  permission: 'alerts.manage',
  summary: 'Send a test message through a channel now; answers with what the receiver said',
  params: idParams,
  // The message leaves before the transaction: it waits for somebody else's server. The delivery itself is on record in any case.
  prepare: ({ viewer, params }) =>
    testChannel(deliveryDeps(env(), database()), {
      channelId: params.id,
      by: viewer.name,
      now: new Date(),
    }),
  run: async ({ tx, params, prepared, journal }) => {
    const delivery = await deliveryDto(tx.sql, prepared);
    await journal({
      action: 'channel.tested',
      objectType: 'channel',
      objectId: params.id,
      detail: { deliveryId: prepared, state: delivery.state, because: delivery.because },
    });
    return delivery;
  },
});

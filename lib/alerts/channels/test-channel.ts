import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import { deliverNow } from '../deliveries/deliver-now';
import type { DeliveryDeps } from '../deliveries/deps';
import { planDeliveries } from '../deliveries/plan-delivery';
import { findChannel } from '../store/channel-rows';
import { fixedChannel } from './fixed-channels';

/** Sends a test message through the channel and gives the delivery's id; what the receiver said stands in it. Throws `not_found`. */
export async function testChannel(
  deps: DeliveryDeps,
  test: { readonly channelId: string; readonly by: string; readonly now: Date },
): Promise<string> {
  const { channelId, by, now } = test;
  const channel = fixedChannel(channelId) ?? (await findChannel(deps.db.sql, channelId));
  if (channel === null)
    throw requestError('not_found', 'cannot test the channel: there is none with this id');
  const [id] = await planDeliveries(
    deps.db.sql,
    [
      {
        key: `test/${newId('delivery', now)}`,
        orgId: null,
        alertId: null,
        channelId,
        purpose: 'test',
        message: {
          title: 'This is a test of the channel; nothing happened',
          severity: 'low',
          facts: [
            { label: 'Channel', value: channel.name },
            { label: 'Asked by', value: by },
            { label: 'When (UTC)', value: toIso(now) },
          ],
          orgName: 'Tallystick',
          path: '/alerts/channels',
          runbook: null,
          // One for all tests of a channel: an incident desk gets one incident for them.
          correlationId: `test-${channelId}`,
        },
        notBefore: now,
        held: null,
      },
    ],
    now,
  );
  if (id === undefined) throw new RangeError('a new key makes a new delivery');
  await deliverNow(deps, { id, now });
  return id;
}

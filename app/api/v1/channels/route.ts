import { handle } from '@/app/api/handle';
import { addChannel } from '@/lib/alerts/channels/change-channel';
import { vetChannel } from '@/lib/alerts/channels/vet-channel';
import { newChannelSchema } from '@/lib/alerts/contract/deliveries';
import { channelDto, viewChannels } from '@/lib/alerts/views/channels';
import { env } from '@/lib/env/env';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'Channels that alerts are sent to; secrets are write-only',
  run: ({ viewer }) => viewChannels(viewer, {}),
});

export const POST = handle({
  permission: 'alerts.manage',
  summary: 'Add a channel',
  body: newChannelSchema,
  status: 201,
  // Asks the resolver, which must not happen inside the transaction.
  prepare: ({ body }) => vetChannel(body, env()),
  run: async ({ tx, by, body }) => channelDto(tx.sql, await addChannel(tx.sql, body, by)),
});

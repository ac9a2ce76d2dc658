import { handle } from '@/app/api/handle';
import { changeChannel, channelKind, removeChannel } from '@/lib/alerts/channels/change-channel';
import { vetChannel } from '@/lib/alerts/channels/vet-channel';
import { channelChangeSchema } from '@/lib/alerts/contract/deliveries';
import { deliverDueJob } from '@/lib/alerts/jobs';
import { channelDto } from '@/lib/alerts/views/channels';
import { idParams } from '@/lib/auth/contract';
import { database } from '@/lib/db/process-database';
import { env } from '@/lib/env/env';
import { enqueue } from '@/lib/queue/enqueue';

export const PATCH = handle({
  permission: 'alerts.manage',
  summary: 'Change a channel; a secret left out stays as it is',
  params: idParams,
  body: channelChangeSchema,
  prepare: async ({ params, body }) => {
    if (body.config === undefined) return;
    const kind = await database().transaction((sql) => channelKind(sql, params.id));
    await vetChannel({ kind, config: body.config }, env());
  },
  run: async ({ tx, by, params, body, afterCommit }) => {
    const changed = await changeChannel(tx.sql, { id: params.id, ...body }, by);
    // What waited while it was paused goes out now.
    if (body.state === 'active') afterCommit(async () => void (await enqueue(deliverDueJob, {})));
    return channelDto(tx.sql, changed);
  },
});

export const DELETE = handle({
  permission: 'alerts.manage',
  summary: 'Remove a channel; what was sent through it stays on record',
  params: idParams,
  run: ({ tx, by, params }) => removeChannel(tx.sql, params.id, by),
});

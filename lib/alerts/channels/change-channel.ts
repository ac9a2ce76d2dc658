import type { WrappingKey } from '@/lib/auth/settings/secret-box';
import { processWrappingKey, putSecret } from '@/lib/auth/settings/secrets';
import { deleteSecrets } from '@/lib/auth/store/secret-rows';
import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import { toIso } from '@/lib/kernel/instant';
import {
  type ChannelRow,
  findChannel,
  markChannelRemoved,
  putChannelRow,
  type StoredChannelKind,
} from '../store/channel-rows';
import { channelSecretName, splitConfig, storedConfigSchemas } from './channel-kinds';
import { fixedChannel } from './fixed-channels';

type By = { readonly actor: JournalActor; readonly now: Date; readonly wrapping?: WrappingKey };

export type ChannelInput = {
  readonly kind: StoredChannelKind;
  readonly name: string;
  readonly config: unknown;
};

/** Adds a channel; addresses with tokens and signing secrets are encrypted, and the journal says which were set. */
export async function addChannel(sql: Sql, input: ChannelInput, by: By): Promise<ChannelRow> {
  const id = newId('channel', by.now);
  const { config, secrets } = splitConfig(input.kind, input.config);
  const channel: ChannelRow = {
    id,
    kind: input.kind,
    name: input.name,
    state: 'active',
    config: storedConfigSchemas[input.kind].parse(config),
    secretsSet: await storeSecrets(sql, id, secrets, by),
    createdAt: by.now,
    updatedAt: by.now,
  };
  await putChannelRow(sql, channel);
  await record(sql, 'channel.added', channel, { secretsSet: Object.keys(secrets) }, by);
  return channel;
}

/** Changes a channel; what is left out stays. Throws `not_found`, and `conflict` for a channel that is not set here. */
export async function changeChannel(
  sql: Sql,
  change: {
    readonly id: string;
    readonly name?: string | undefined;
    readonly state?: 'active' | 'paused' | undefined;
    readonly config?: unknown;
  },
  by: By,
): Promise<ChannelRow> {
  const before = await existing(sql, change.id);
  const { config, secrets } = splitConfig(before.kind, change.config ?? keptConfig(before));
  const channel: ChannelRow = {
    ...before,
    name: change.name ?? before.name,
    state: change.state ?? before.state,
    config: change.config === undefined ? before.config : merged(before, config),
    secretsSet: { ...before.secretsSet, ...(await storeSecrets(sql, before.id, secrets, by)) },
    updatedAt: by.now,
  };
  await putChannelRow(sql, channel);
  const from = { name: before.name, state: before.state, config: before.config };
  await record(sql, 'channel.changed', channel, { from, secretsSet: Object.keys(secrets) }, by);
  return channel;
}

/** Removes a channel and its secrets; deliveries keep its name, and what still waits becomes a dead letter. */
export async function removeChannel(sql: Sql, id: string, by: By): Promise<void> {
  const channel = await existing(sql, id);
  await deleteSecrets(sql, { prefix: channelSecretName(id, '') });
  await markChannelRemoved(sql, id, by.now);
  await record(sql, 'channel.removed', channel, {}, by);
}

/** The kind of a stored channel. Throws as `changeChannel`. */
export async function channelKind(sql: Sql, id: string): Promise<StoredChannelKind> {
  return (await existing(sql, id)).kind;
}

async function existing(sql: Sql, id: string): Promise<ChannelRow> {
  const fixed = fixedChannel(id);
  if (fixed !== null) {
    throw requestError('conflict', `cannot change the channel: ${fixed.name} is not set here`, {
      hint:
        fixed.origin === 'environment'
          ? 'What the environment sets is changed there.'
          : 'It is always there.',
    });
  }
  const channel = await findChannel(sql, id, true);
  if (channel === null)
    throw requestError('not_found', 'cannot change the channel: there is none with this id');
  return channel;
}

/** What a change without a config leaves: kinds whose host comes with a secret have nothing to say again. */
function keptConfig(channel: ChannelRow): unknown {
  return channel.kind === 'slack' || channel.kind === 'webhook' ? {} : channel.config;
}

function merged(before: ChannelRow, config: Readonly<Record<string, unknown>>): unknown {
  // What a ServiceNow channel leaves out is cleared: there is no other way to say it.
  const kept = before.kind === 'servicenow' ? {} : Object(before.config);
  return storedConfigSchemas[before.kind].parse({ ...kept, ...config });
}

async function storeSecrets(
  sql: Sql,
  id: string,
  secrets: Readonly<Record<string, string>>,
  by: By,
): Promise<Record<string, string>> {
  const set: Record<string, string> = {};
  for (const [field, value] of Object.entries(secrets)) {
    await putSecret(
      sql,
      { orgId: null, name: channelSecretName(id, field), value, now: by.now },
      by.wrapping ?? processWrappingKey(),
    );
    set[field] = toIso(by.now);
  }
  return set;
}

async function record(
  sql: Sql,
  action: string,
  channel: ChannelRow,
  detail: Record<string, unknown>,
  by: By,
): Promise<void> {
  const { kind, name, state, config } = channel;
  await appendJournal(sql, {
    actor: by.actor,
    action,
    objectType: 'channel',
    objectId: channel.id,
    detail: { ...detail, to: { kind, name, state, config } },
    at: by.now,
  });
}

import { environmentSources } from '@/lib/auth/settings/environment-sources';
import { listSourceRows } from '@/lib/auth/store/source-rows';
import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { env as processEnv } from '@/lib/env/env';
import { toIso } from '@/lib/kernel/instant';
import { CHANNEL_SECRETS, storedConfigSchemas } from '../channels/channel-kinds';
import { type ChannelEnvironment, environmentChannels } from '../channels/environment-channels';
import { fixedChannel } from '../channels/fixed-channels';
import type { ChannelDto } from '../contract/deliveries';
import { type ChannelRow, listChannelRows } from '../store/channel-rows';
import { type HealthRow, readAllHealth } from '../store/health-rows';

/** Every channel: the inbox, what the environment sets, then the stored ones; never a secret. */
export const viewChannels = view<{ env?: ChannelEnvironment }, { items: ChannelDto[]; nextCursor: null }>(
  {
    permission: 'alerts.read',
    journal: () => ({ action: 'channels.viewed', objectType: 'channel', detail: {} }),
  },
  async ({ sql }, input) => {
    const env = input.env ?? processEnv();
    const health = await readAllHealth(sql);
    const inbox = fixedChannel('inbox');
    const builtIn = inbox === null ? [] : [{ ...inbox, because: null, shown: {} }];
    const fixed = [...builtIn, ...environmentChannels(env)].map((channel): ChannelDto => {
      const { id, kind, name, origin, because, shown } = channel;
      const state = because === null ? 'active' : 'incomplete';
      return { id, kind, name, origin, state, because, shown, ...lately(health.get(id)) };
    });
    const rows = await listChannelRows(sql);
    const hasDesk = await hasIncidentDesk(sql, env);
    const stored = rows.map((row) => toDto(row, { env, hasDesk, health: health.get(row.id) }));
    return { items: [...fixed, ...stored], nextCursor: null };
  },
);

/** A stored channel as people see it, for answers to who just changed it. */
export async function channelDto(
  sql: Sql,
  row: ChannelRow,
  env: ChannelEnvironment = processEnv(),
): Promise<ChannelDto> {
  const health = await readAllHealth(sql);
  return toDto(row, { env, hasDesk: await hasIncidentDesk(sql, env), health: health.get(row.id) });
}

type Around = {
  readonly env: ChannelEnvironment;
  readonly hasDesk: boolean;
  readonly health: HealthRow | undefined;
};

function toDto(row: ChannelRow, around: Around): ChannelDto {
  const because = whyIncomplete(row, around);
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    origin: 'settings',
    state: row.state === 'paused' ? 'paused' : because === null ? 'active' : 'incomplete',
    because,
    shown: shownOf(row),
    ...lately(around.health),
  };
}

function whyIncomplete(row: ChannelRow, { env, hasDesk }: Around): string | null {
  const missing = CHANNEL_SECRETS[row.kind].find((field) => row.secretsSet[field.name] === undefined);
  if (missing) return `${missing.says} is not set.`;
  if (row.kind === 'email' && env.SMTP_URL === undefined) return 'SMTP_URL is not set.';
  if (row.kind === 'email' && env.SMTP_FROM === undefined) return 'SMTP_FROM is not set.';
  if (row.kind === 'servicenow' && !hasDesk) return 'No ServiceNow is connected.';
  return null;
}

function shownOf(row: ChannelRow): Record<string, string> {
  switch (row.kind) {
    case 'slack':
    case 'webhook': {
      const { host } = storedConfigSchemas[row.kind].parse(row.config);
      return host === undefined ? {} : { host };
    }
    case 'email':
      return { to: storedConfigSchemas.email.parse(row.config).to.join(', ') };
    case 'servicenow': {
      const { assignmentGroup, category } = storedConfigSchemas.servicenow.parse(row.config);
      return {
        ...(assignmentGroup === undefined ? {} : { assignmentGroup }),
        ...(category === undefined ? {} : { category }),
      };
    }
  }
}

function lately(health: HealthRow | undefined): Pick<ChannelDto, 'lastDeliveredAt' | 'lastFailure'> {
  const { lastDeliveredAt = null, lastFailureAt = null, lastFailure = null } = health ?? {};
  return {
    lastDeliveredAt: lastDeliveredAt === null ? null : toIso(lastDeliveredAt),
    lastFailure:
      lastFailureAt === null || lastFailure === null
        ? null
        : { at: toIso(lastFailureAt), because: lastFailure },
  };
}

async function hasIncidentDesk(sql: Sql, env: ChannelEnvironment): Promise<boolean> {
  if (environmentSources(env).some((source) => source.kind === 'servicenow')) return true;
  return (await listSourceRows(sql)).some(({ kind, state }) => kind === 'servicenow' && state === 'active');
}

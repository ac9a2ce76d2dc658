import { env } from '@/lib/env/env';
import { ENVIRONMENT_CHANNELS } from '../model/built-in-rules';

/** What of the environment sets a channel; `env()` fits. */
export type ChannelVariables = Readonly<
  Partial<Record<'SLACK_WEBHOOK_URL' | 'SMTP_URL' | 'SERVICENOW_BASE_URL', string | undefined>>
>;

/** Ids of the environment's channels that it sets. */
export function configuredChannels(variables: ChannelVariables = env()): ReadonlySet<string> {
  const set: Record<string, boolean> = {
    env_slack: variables.SLACK_WEBHOOK_URL !== undefined,
    env_email: variables.SMTP_URL !== undefined,
    env_servicenow: variables.SERVICENOW_BASE_URL !== undefined,
  };
  return new Set(ENVIRONMENT_CHANNELS.filter((id) => set[id]));
}

/** The channels without those of the environment that it does not set: to them nothing can be sent, and nobody expects it. */
export function reachable<C extends { readonly id: string }>(
  channels: readonly C[],
  configured: ReadonlySet<string>,
): C[] {
  return channels.filter(({ id }) => !ENVIRONMENT_CHANNELS.includes(id) || configured.has(id));
}

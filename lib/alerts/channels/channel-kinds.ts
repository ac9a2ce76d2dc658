import { z } from 'zod';
import { channelConfigSchemas } from '../contract/deliveries';
import type { StoredChannelKind } from '../store/channel-rows';

/** What is kept encrypted. An address that holds a token, as those of webhooks do, is a secret whole. */
export const CHANNEL_SECRETS = {
  slack: [{ name: 'webhookUrl', says: "The webhook's address" }],
  email: [],
  servicenow: [],
  webhook: [
    { name: 'url', says: 'The address' },
    { name: 'secret', says: 'The secret that messages are signed with' },
  ],
} as const satisfies Record<StoredChannelKind, readonly { readonly name: string; readonly says: string }[]>;

/** What is kept in clear, and may be shown. */
export const storedConfigSchemas = {
  slack: z.strictObject({ host: z.string().optional() }),
  email: channelConfigSchemas.email,
  servicenow: channelConfigSchemas.servicenow,
  webhook: z.strictObject({ host: z.string().optional() }),
} as const satisfies Record<StoredChannelKind, z.ZodType>;

export function channelSecretName(channelId: string, field: string): string {
  return `channel/${channelId}/${field}`;
}

export type SplitConfig = {
  readonly config: Readonly<Record<string, unknown>>;
  readonly secrets: Readonly<Record<string, string>>;
};

/**
 * What a person entered, parted into what may be shown and what is secret. What is left out stays as it is. Throws zod's error
 * for what the kind does not know; its message holds names of fields and never a value.
 */
export function splitConfig(kind: StoredChannelKind, given: unknown): SplitConfig {
  switch (kind) {
    case 'slack': {
      const { webhookUrl } = channelConfigSchemas.slack.parse(given);
      return webhookUrl === undefined
        ? { config: {}, secrets: {} }
        : { config: { host: new URL(webhookUrl).host }, secrets: { webhookUrl } };
    }
    case 'webhook': {
      const { url, secret } = channelConfigSchemas.webhook.partial().parse(given);
      return {
        config: url === undefined ? {} : { host: new URL(url).host },
        secrets: { ...(url === undefined ? {} : { url }), ...(secret === undefined ? {} : { secret }) },
      };
    }
    case 'email':
      return { config: channelConfigSchemas.email.partial().parse(given), secrets: {} };
    case 'servicenow':
      return { config: channelConfigSchemas.servicenow.parse(given), secrets: {} };
  }
}

/** The addresses among the secrets: they are vetted before they are kept. */
export function addressesAmong(secrets: Readonly<Record<string, string>>): string[] {
  return ['webhookUrl', 'url'].flatMap((name) => secrets[name] ?? []);
}

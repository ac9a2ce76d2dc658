import { z } from 'zod';

/** What crosses HTTP about channels and deliveries. */
const many = <T extends z.ZodType>(one: T) =>
  z.preprocess(
    (value) => (value === undefined ? undefined : Array.isArray(value) ? value : [value]),
    z.array(one).optional(),
  );

export const CHANNEL_KINDS = ['inbox', 'slack', 'email', 'servicenow', 'webhook'] as const;
export type ChannelKind = (typeof CHANNEL_KINDS)[number];
export const DELIVERY_STATES = ['waiting', 'held', 'delivered', 'dead', 'suppressed'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];
export const PURPOSES = [
  'alert',
  'update',
  'escalation',
  'reminder',
  'digest',
  'response',
  'test',
  'request',
] as const;
export type Purpose = (typeof PURPOSES)[number];

const url = z.url({ protocol: /^https?$/ }).max(2_000);
/** What a channel of each kind is told; secrets are write-only and left out of every answer. */
export const channelConfigSchemas = {
  inbox: z.strictObject({}),
  slack: z.strictObject({ webhookUrl: url.optional() }),
  email: z.strictObject({ to: z.array(z.email()).min(1).max(50) }),
  servicenow: z.strictObject({
    assignmentGroup: z.string().max(200).optional(),
    category: z.string().max(100).optional(),
  }),
  webhook: z.strictObject({ url, secret: z.string().min(16).max(500).optional() }),
} as const;

/** POST /api/v1/channels, PATCH /api/v1/channels/{id}. */
export const newChannelSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('slack'),
    name: z.string().trim().min(1).max(100),
    config: channelConfigSchemas.slack,
  }),
  z.strictObject({
    kind: z.literal('email'),
    name: z.string().trim().min(1).max(100),
    config: channelConfigSchemas.email,
  }),
  z.strictObject({
    kind: z.literal('servicenow'),
    name: z.string().trim().min(1).max(100),
    config: channelConfigSchemas.servicenow,
  }),
  z.strictObject({
    kind: z.literal('webhook'),
    name: z.string().trim().min(1).max(100),
    config: channelConfigSchemas.webhook,
  }),
]);
export const channelChangeSchema = z.strictObject({
  name: z.string().trim().min(1).max(100).optional(),
  state: z.enum(['active', 'paused']).optional(),
  config: z.record(z.string(), z.unknown()).optional(),
});

export type ChannelDto = {
  /** `chn_…`, or `env_slack`, `env_email`, `env_servicenow` and `inbox`, which cannot be changed here. */
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly origin: 'environment' | 'settings' | 'built_in';
  readonly state: 'active' | 'paused' | 'incomplete';
  /** Why it cannot be used, or null. */
  readonly because: string | null;
  /** What is not secret: host of an address, recipients. */
  readonly shown: Readonly<Record<string, string>>;
  readonly lastDeliveredAt: string | null;
  readonly lastFailure: { readonly at: string; readonly because: string } | null;
};

export const deliveryListSchema = z.object({
  org: many(z.uuid()),
  state: many(z.enum(DELIVERY_STATES)),
  channel: many(z.string().max(100)),
  alert: z.string().max(100).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
export type DeliveryListQuery = z.infer<typeof deliveryListSchema>;

export type DeliveryDto = {
  readonly id: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly title: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly channelKind: ChannelKind;
  readonly purpose: Purpose;
  readonly state: DeliveryState;
  /** Why it is held, suppressed or dead, in words. */
  readonly because: string | null;
  readonly createdAt: string;
  readonly nextAt: string | null;
  readonly deliveredAt: string | null;
  readonly attempts: readonly {
    readonly at: string;
    readonly outcome: 'delivered' | 'again' | 'refused' | 'unknown';
    readonly status: number | null;
    readonly because: string | null;
  }[];
  /** What the receiver gave back, such as an incident's number. */
  readonly receipt: { readonly number: string; readonly url: string | null } | null;
};

import type { ChannelKind } from '../contract/deliveries';

export type FixedChannel = {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly origin: 'environment' | 'built_in';
};

/** Channels that no row of `channel` stands for: the product brings one, the environment sets the others. */
export const FIXED_CHANNELS: readonly FixedChannel[] = [
  { id: 'inbox', kind: 'inbox', name: 'Inbox', origin: 'built_in' },
  { id: 'env_slack', kind: 'slack', name: 'Slack (set by the environment)', origin: 'environment' },
  { id: 'env_email', kind: 'email', name: 'E-mail (set by the environment)', origin: 'environment' },
  {
    id: 'env_servicenow',
    kind: 'servicenow',
    name: 'ServiceNow (set by the environment)',
    origin: 'environment',
  },
];

/** Mail to the one person a question is put to. Nobody can choose it: a request alone makes its deliveries. */
export const PERSON_CHANNEL: FixedChannel = {
  id: 'person_email',
  kind: 'email',
  name: 'E-mail to the person asked',
  origin: 'built_in',
};

export function fixedChannel(id: string): FixedChannel | null {
  return FIXED_CHANNELS.find((channel) => channel.id === id) ?? null;
}

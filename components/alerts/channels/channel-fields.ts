import type { ChannelDto, ChannelKind } from '@/lib/alerts/contract/deliveries';

/** Kinds that can be added on the page; the inbox is built in. */
export type AddedKind = Exclude<ChannelKind, 'inbox'>;
export const ADDED_KINDS: readonly AddedKind[] = ['slack', 'email', 'servicenow', 'webhook'];

/**
 * One thing a channel is asked for. `list`: one value a line. `address`: typed in clear, and never shown again since it may
 * hold a token. `secret`: neither shown while it is typed.
 */
export type ChannelField = {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly as: 'text' | 'list' | 'address' | 'secret';
  readonly required: boolean;
};

/** The form of each kind. What a value has to look like is the server's to say; its answer is shown at the field. */
export const CHANNEL_FIELDS = {
  slack: [
    {
      name: 'webhookUrl',
      label: 'Address of the incoming webhook',
      hint: 'https://hooks.slack.com/services/…; whoever has it can post, so it is kept as a secret',
      as: 'address',
      required: true,
    },
  ],
  email: [{ name: 'to', label: 'Recipients', hint: 'One address a line', as: 'list', required: true }],
  servicenow: [
    {
      name: 'assignmentGroup',
      label: 'Assignment group',
      hint: 'Name or sys_id; incidents are opened at the connected instance',
      as: 'text',
      required: false,
    },
    { name: 'category', label: 'Category', as: 'text', required: false },
  ],
  webhook: [
    {
      name: 'url',
      label: 'Address',
      hint: 'https; addresses inside your network need an entry in OUTBOUND_ALLOWLIST',
      as: 'address',
      required: true,
    },
    {
      name: 'secret',
      label: 'Signing secret',
      hint: 'At least 16 characters; each message is signed with it (HMAC-SHA-256)',
      as: 'secret',
      required: true,
    },
  ],
} as const satisfies Record<AddedKind, readonly ChannelField[]>;

export type ChannelForm = Readonly<Record<string, string>>;

/** What is sent for a filled form. Empty values are left out: an empty secret stays as it was set before. */
export function channelBody(kind: AddedKind, form: ChannelForm) {
  const fields: readonly ChannelField[] = CHANNEL_FIELDS[kind];
  const config: Record<string, string | string[]> = {};
  for (const field of fields) {
    const value = (form[field.name] ?? '').trim();
    if (value === '') continue;
    config[field.name] = field.as === 'list' ? linesOf(value) : value;
  }
  return { name: (form.name ?? '').trim(), config };
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,;]/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

/** The server's complaint about one field, wherever in the body it stood. */
export function channelFieldError(fields: Readonly<Record<string, string>>, name: string): string | null {
  const direct = fields[`config.${name}`] ?? fields[name];
  if (direct !== undefined) return direct;
  const at = Object.keys(fields).find((path) => path.startsWith(`config.${name}.`));
  return at === undefined ? null : `Line ${Number(at.slice(at.lastIndexOf('.') + 1)) + 1} ${fields[at]}`;
}

/** Whether the field stays as it was set when it is left empty. */
export function isKept(field: ChannelField): boolean {
  return field.as === 'secret' || field.as === 'address';
}

/** What a stored channel shows of a field, for its form; secrets are never among it. */
export function shownField(channel: ChannelDto | undefined, field: ChannelField): string {
  const shown = isKept(field) ? undefined : channel?.shown[field.name];
  if (shown === undefined) return '';
  return field.as === 'list' ? linesOf(shown).join('\n') : shown;
}

/** What is shown of a channel, in words. */
export const SHOWN_WORDS: Readonly<Record<string, string>> = {
  host: 'Host',
  to: 'To',
  from: 'From',
  user: 'As',
  assignmentGroup: 'Assignment group',
  category: 'Category',
};

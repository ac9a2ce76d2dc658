import type { Risk } from '@/lib/kernel/words';
import type { Purpose } from '../contract/deliveries';
import type { Message } from './message';

/** A delivery on its way to a channel, which gives it its form. */
export type Outgoing = {
  /** The same for every try. */
  readonly deliveryId: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly purpose: Purpose;
  readonly message: Message;
  readonly plannedAt: Date;
  /** Origin that people type, without a slash at the end. */
  readonly publicUrl: string;
};

export const SEVERITY_WORDS: Readonly<Record<Risk, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
};

/** What the message is, where that is not simply an alert. */
export const PURPOSE_WORDS: Readonly<Record<Purpose, string | null>> = {
  alert: null,
  update: 'Update',
  escalation: 'Not acknowledged yet',
  reminder: 'Reminder',
  digest: 'Digest',
  response: 'Response',
  test: 'Test',
  request: 'Question',
};

/** Address of the page that shows more. */
export function linkOf(outgoing: Pick<Outgoing, 'publicUrl' | 'message'>): string {
  return `${outgoing.publicUrl}${outgoing.message.path}`;
}

/** `Critical · Update`: what stands before a title. */
export function leadOf({ message, purpose }: Pick<Outgoing, 'message' | 'purpose'>): string {
  // A question to a person has no severity.
  if (purpose === 'request') return PURPOSE_WORDS.request ?? '';
  const word = PURPOSE_WORDS[purpose];
  return word === null ? SEVERITY_WORDS[message.severity] : `${SEVERITY_WORDS[message.severity]} · ${word}`;
}

/** The message as plain text, one fact a line. */
export function plainText(outgoing: Outgoing): string {
  const { message } = outgoing;
  const width = Math.max(0, ...message.facts.map(({ label }) => label.length));
  return [
    message.title,
    '',
    ...message.facts.map(({ label, value }) => `${`${label}:`.padEnd(width + 2)}${value}`),
    ...(message.facts.length > 0 ? [''] : []),
    ...(message.runbook === null ? [] : ['What to do:', message.runbook, '']),
    `${message.orgName}: ${linkOf(outgoing)}`,
  ].join('\n');
}

/** At most so many characters, with a sign that there was more. Never cuts a character in two. */
export function shortened(text: string, max: number): string {
  const letters = [...text];
  return letters.length <= max ? text : `${letters.slice(0, max - 1).join('')}…`;
}

import { graver } from '@/lib/findings/model/severity';
import { RISKS } from '@/lib/kernel/words';
import type { Message } from '../message';

/** So many are listed by themselves; the rest is counted. */
const LISTED = 20;

/** One message that stands for several, the gravest first. Requires at least one. */
export function digestOf(messages: readonly Message[], key: string): Message {
  const ordered = [...messages].sort((a, b) => RISKS.indexOf(b.severity) - RISKS.indexOf(a.severity));
  const listed = ordered.slice(0, LISTED);
  const rest = ordered.length - listed.length;
  const orgName = ordered[0]?.orgName ?? '';
  return {
    title: `${messages.length} alerts of ${orgName}`,
    severity: ordered.reduce<Message['severity']>((gravest, one) => graver(gravest, one.severity), 'low'),
    facts: [
      ...listed.map(({ severity, title }) => ({
        label: `${severity.charAt(0).toUpperCase()}${severity.slice(1)}`,
        value: title,
      })),
      ...(rest > 0 ? [{ label: 'And', value: `${rest} more` }] : []),
    ],
    orgName,
    path: '/alerts',
    runbook: null,
    correlationId: key,
  };
}

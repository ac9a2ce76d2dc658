import type { VerdictDto } from '@/lib/changes/contract/links';

type Cause = NonNullable<VerdictDto['cause']>;

const CAUSES = {
  first_look: 'when it was first looked at',
  ticket_changed: 'when a ticket it cites changed',
  sweep: 'in the nightly sweep of unlinked changes',
  source_added: 'when a source of tickets or commits was added',
  policy_changed: 'when the policy changed',
  calendar_changed: 'when the calendar of change windows changed',
  manual: 'by a person',
  asked: 'when somebody asked for it',
} as const satisfies Record<Cause, string>;

/** What made us look, in words that end a sentence. */
export function causeInWords(cause: Cause, ticket: string | null): string {
  return cause === 'ticket_changed' && ticket !== null ? `when ${ticket} changed` : CAUSES[cause];
}

import type { Risk } from '@/lib/kernel/words';

/** What is said to somebody, before a channel gives it its form. Plain text throughout: no channel's mark-up, no HTML. */
export type Message = {
  /** One sentence. */
  readonly title: string;
  readonly severity: Risk;
  /** Facts in the order they are read: `Who`, `What`, `When (UTC)`, `From`, `Why`. */
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly orgName: string;
  /** Page of the product that shows more, such as `/alerts/alr_…`. */
  readonly path: string;
  /** What the rule's author says to do. */
  readonly runbook: string | null;
  /** The same for every message about one thing (an alert's id), so that a receiver can keep them together. */
  readonly correlationId: string;
};

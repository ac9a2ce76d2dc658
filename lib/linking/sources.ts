import type { CommitSource } from '@/lib/connectors/commit-source';
import type { TicketSource } from '@/lib/connectors/ticket-source';

/** Where an organisation's citations are looked up; what is not configured is null. */
export type LinkSources = {
  readonly jira: TicketSource | null;
  readonly servicenow: TicketSource | null;
  readonly git: CommitSource | null;
};

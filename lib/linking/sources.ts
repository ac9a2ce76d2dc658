import type { RepositorySource } from '@/lib/connectors/commit-source';
import type { ReviewHost } from '@/lib/connectors/review-host';
import type { TicketSource } from '@/lib/connectors/ticket-source';

/** Where an organisation's citations are looked up; what is not configured is null. */
export type LinkSources = {
  readonly jira: TicketSource | null;
  readonly servicenow: TicketSource | null;
  /** Hosts that know how commits of the repositories came in. Absent: none. */
  readonly reviewHosts?: readonly ReviewHost[];
  readonly git: RepositorySource | null;
};

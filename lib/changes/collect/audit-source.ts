import { type AuditPage, arrayMemberOf } from '@/lib/genesys/audits/audit-page';
import { queryAudits } from '@/lib/genesys/audits/query-audits';
import { readServiceMapping } from '@/lib/genesys/audits/service-mapping';
import type { GenesysClient } from '@/lib/genesys/connect';
import type { Interval } from '@/lib/kernel/instant';
import type { IncomingPage } from '../ingest/prepare-batch';
import type { MappedService } from '../model/record/detect-drift';

export type AuditAsk = {
  readonly interval: Interval;
  readonly signal?: AbortSignal;
  /** Each page in order, awaited before the next is read. A query begun again delivers pages once more. */
  readonly onPage: (page: IncomingPage) => Promise<void>;
};

/** Where audit records come from, as the collector sees it. */
export interface AuditSource {
  /** The services, entity types and actions the platform audits in this organisation. */
  readServiceMapping(
    signal?: AbortSignal,
  ): Promise<{ readonly services: readonly MappedService[]; readonly fetchedAt: Date }>;
  /** Reads all records of the interval, all services. Throws GenesysError whenever the query did not succeed; an answer without records is a proven zero. */
  queryAudits(ask: AuditAsk): Promise<{ readonly queryId: string }>;
}

/** The asynchronous audit query of Genesys Cloud. */
export function genesysAudits(
  client: GenesysClient,
  options: { readonly allowRedirect?: boolean } = {},
): AuditSource {
  return {
    readServiceMapping: (signal) => readServiceMapping(client, signal ? { signal } : {}),
    queryAudits: (ask) =>
      queryAudits(client, {
        interval: ask.interval,
        allowRedirect: options.allowRedirect ?? false,
        ...(ask.signal ? { signal: ask.signal } : {}),
        onPage: (page) => ask.onPage(incomingPage(page)),
      }),
  };
}

/** A page of the connector as the ingest takes it. */
export function incomingPage(page: AuditPage): IncomingPage {
  return {
    path: page.path,
    bytes: page.bytes,
    member: arrayMemberOf(page.path),
    queryId: page.queryId,
    url: page.url,
    pageNumber: page.pageNumber,
    receivedAt: page.receivedAt,
  };
}

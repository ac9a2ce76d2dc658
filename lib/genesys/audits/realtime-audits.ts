import platformClient from 'purecloud-platform-client-v2';
import { type Interval, toIso } from '@/lib/kernel/instant';
import type { GenesysClient } from '../connect';
import { type AuditPage, readEnvelope } from './audit-page';
import type { AuditFilter } from './query-audits';

export type RealtimeAuditsOptions = {
  /** At most 14 days back. */
  readonly interval: Interval;
  /** One of the realtime service mapping, which is smaller than the full one. */
  readonly serviceName?: string;
  readonly filters?: readonly AuditFilter[];
  /** Default and maximum 500. */
  readonly pageSize?: number;
  readonly signal?: AbortSignal;
  readonly onPage: (page: AuditPage) => Promise<void> | void;
};

const PAGE_SIZE = 500;

/** Reads the synchronous audit search page by page. It covers some services only: never the base of a coverage statement. */
export async function realtimeAudits(
  client: GenesysClient,
  options: RealtimeAuditsOptions,
): Promise<{ pages: number; records: number }> {
  const doing = 'read the realtime audits';
  const pageSize = Math.min(options.pageSize ?? PAGE_SIZE, PAGE_SIZE);
  const queryId = `realtime ${options.serviceName ?? 'all'} ${toIso(options.interval.from)}`;
  let records = 0;
  for (let pageNumber = 1; ; pageNumber++) {
    const body = {
      interval: `${toIso(options.interval.from)}/${toIso(options.interval.to)}`,
      ...(options.serviceName === undefined ? {} : { serviceName: options.serviceName }),
      ...(options.filters === undefined ? {} : { filters: options.filters.map((filter) => ({ ...filter })) }),
      sort: [{ name: 'Timestamp', sortOrder: 'ascending' }],
      pageNumber,
      pageSize,
    };
    const answer = await client.call(
      { doing, reads: 'bytes', ...(options.signal ? { signal: options.signal } : {}) },
      (sdk) => new platformClient.AuditApi(sdk).postAuditsQueryRealtime(body, { expand: ['user'] }),
    );
    const { scan, envelope } = readEnvelope(answer, doing);
    const count = scan.elements.length;
    records += count;
    const { url, bytes, receivedAt, contextId } = answer;
    await options.onPage({
      path: 'realtime',
      queryId,
      url,
      pageNumber,
      bytes,
      count,
      receivedAt,
      contextId,
      restart: 0,
    });
    const isLast =
      typeof envelope.pageCount === 'number' ? pageNumber >= envelope.pageCount : count < pageSize;
    if (isLast) return { pages: pageNumber, records };
  }
}

/** All audits of the same action as one audit, as one page. */
export async function relatedAudits(
  client: GenesysClient,
  options: { readonly auditId: string; readonly trustorOrgId?: string; readonly signal?: AbortSignal },
): Promise<AuditPage> {
  const doing = 'read the related audits';
  const body = {
    auditId: options.auditId,
    ...(options.trustorOrgId === undefined ? {} : { trustorOrgId: options.trustorOrgId }),
    sort: [{ name: 'Timestamp', sortOrder: 'ascending' }],
  };
  const answer = await client.call(
    { doing, reads: 'bytes', ...(options.signal ? { signal: options.signal } : {}) },
    (sdk) => new platformClient.AuditApi(sdk).postAuditsQueryRealtimeRelated(body, { expand: ['user'] }),
  );
  const { scan } = readEnvelope(answer, doing);
  const { url, bytes, receivedAt, contextId } = answer;
  const queryId = `related ${options.auditId}`;
  return {
    path: 'realtime',
    queryId,
    url,
    pageNumber: 1,
    bytes,
    count: scan.elements.length,
    receivedAt,
    contextId,
    restart: 0,
  };
}

import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { readSessionFilter, sessionQuery } from './session-filter';

const SESSIONS_PER_PAGE = 50;
/** The rest is one door away. */
const SUMMARY_SHOWN = 6;

/** What the list asks for its address; the page's server part asks the same beforehand. */
export function sessionsPath(params: URLSearchParams, scope: PageScope): string {
  const filter = readSessionFilter(params);
  return apiPath('/api/v1/sessions', {
    ...sessionQuery(filter, scope),
    sort: filter.sort,
    cursor: params.get('cursor'),
    limit: SESSIONS_PER_PAGE,
  });
}

/** The counts of the page's period under no filter. */
export function sessionSummaryPath(scope: PageScope): string {
  return apiPath('/api/v1/sessions/summary', scopeQuery(scope));
}

/** The largest sessions of the period, as many as the overview's summary names. */
export function largestSessionsPath(scope: PageScope): string {
  return apiPath('/api/v1/sessions', { ...scopeQuery(scope), sort: 'largest', limit: SUMMARY_SHOWN });
}

export function sessionPath(id: string): string {
  return `/api/v1/sessions/${encodeURIComponent(id)}`;
}

/** Where a session stands as a page. */
export function sessionPagePath(id: string): string {
  return `/sessions/${encodeURIComponent(id)}`;
}

import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';

/** What the pages of alerts ask, in one place: their server parts ask the same beforehand. */
export const RULES_PATH = '/api/v1/alert-rules';
export const DETECTIONS_PATH = '/api/v1/detections';
export const CHANNELS_PATH = '/api/v1/channels';
export const MUTES_PATH = '/api/v1/mutes';

export function alertPath(id: string): string {
  return `/api/v1/alerts/${encodeURIComponent(id)}`;
}

export function delaysPath(scope: PageScope): string {
  return apiPath('/api/v1/alerts/delays', scopeQuery(scope));
}

export function deliveriesPath(scope: Pick<PageScope, 'orgs'>, params: URLSearchParams): string {
  return apiPath('/api/v1/deliveries', {
    org: scope.orgs,
    state: params.getAll('state'),
    channel: params.getAll('channel'),
    cursor: params.get('cursor'),
    limit: 50,
  });
}

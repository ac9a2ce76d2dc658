import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { RESPONSE_STATES, type ResponseState } from '@/lib/alerts/contract/responses';

/** What the pages of responses ask, in one place: their server parts ask the same beforehand. */
export function responsePath(id: string): string {
  return `/api/v1/responses/${encodeURIComponent(id)}`;
}

/** What waits for a decision, whenever it was proposed: a clock does not care for the period looked at. */
export function waitingPath(scope: Pick<PageScope, 'orgs'>): string {
  return apiPath('/api/v1/responses', { org: scope.orgs, state: 'waiting', limit: 100 });
}

/** What was proposed in the period and does not wait any more, or only the states that the address names. */
export function responsesPath(params: URLSearchParams, scope: PageScope): string {
  const asked = readStates(params);
  return apiPath('/api/v1/responses', {
    ...scopeQuery(scope),
    state: asked.length === 0 ? PAST_STATES : asked,
    cursor: params.get('cursor'),
    limit: 50,
  });
}

export const PAST_STATES: readonly ResponseState[] = RESPONSE_STATES.filter((state) => state !== 'waiting');

export function readStates(params: URLSearchParams): readonly ResponseState[] {
  return PAST_STATES.filter((state) => params.getAll('state').includes(state));
}

import { apiPath } from '@/components/api/api-key';
import type { PageScope } from '@/components/url/page-scope';
import type { RATE_LISTS } from '@/lib/linking/contract/rate-breakdown';
import { type RateState, rateQuery } from './rate-state';

const RATE = '/api/v1/metrics/unlinked-change-rate';
/** Groups on one page of the breakdown. */
export const GROUPS_PER_PAGE = 12;

/** What the page asks, in one place: its server part asks the same beforehand. */
export function wholeRatePath(state: RateState, scope: PageScope): string {
  return apiPath(RATE, { ...rateQuery(state, scope), bucket: state.bucket });
}

export function breakdownPath(state: RateState, scope: PageScope): string {
  return apiPath(`${RATE}/breakdown`, {
    ...rateQuery(state, scope),
    bucket: state.bucket,
    by: state.by,
    cursor: state.cursor,
    limit: GROUPS_PER_PAGE,
  });
}

export function listFilePath(list: (typeof RATE_LISTS)[number], state: RateState, scope: PageScope): string {
  return apiPath(`${RATE}/export`, { ...rateQuery(state, scope), list });
}

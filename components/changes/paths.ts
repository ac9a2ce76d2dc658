import { apiPath } from '@/components/api/api-key';
import type { PageScope } from '@/components/url/page-scope';
import { changeQuery, hiddenQuery, readChangeFilter } from './filter/change-filter';

const CHANGES_PER_PAGE = 50;

/** What the list asks for its address; the page's server part asks the same beforehand. */
export function listPath(params: URLSearchParams, scope: PageScope): string {
  const filter = readChangeFilter(params);
  return apiPath('/api/v1/changes', {
    ...changeQuery(filter, scope),
    sort: filter.sort,
    cursor: params.get('cursor'),
    limit: CHANGES_PER_PAGE,
  });
}

export function facetsPath(params: URLSearchParams, scope: PageScope): string {
  return apiPath('/api/v1/changes/facets', changeQuery(readChangeFilter(params), scope));
}

/** How many records the default leaves out under the same filters. */
export function hiddenPath(params: URLSearchParams, scope: PageScope): string {
  return apiPath('/api/v1/changes/facets', hiddenQuery(readChangeFilter(params), scope));
}

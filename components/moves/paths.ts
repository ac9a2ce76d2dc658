import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { type MoveFilterState, moveQuery, readMoveFilter } from './filter/move-filter';

const MOVES_PER_PAGE = 50;

/** What the list asks for its address; the page's server part asks the same beforehand. */
export function movesPath(params: URLSearchParams, scope: PageScope): string {
  const filter = readMoveFilter(params);
  return apiPath('/api/v1/division-moves', {
    ...moveQuery(filter, scope),
    sort: filter.sort,
    cursor: params.get('cursor'),
    limit: MOVES_PER_PAGE,
  });
}

/** The counts under the same filter. */
export function moveSummaryPath(params: URLSearchParams, scope: PageScope): string {
  return apiPath('/api/v1/division-moves/summary', moveQuery(readMoveFilter(params), scope));
}

/** The counts of the page's period under no filter, for the overview. */
export function moveTotalsPath(scope: PageScope): string {
  return apiPath('/api/v1/division-moves/summary', scopeQuery(scope));
}

export function movePath(id: string): string {
  return `/api/v1/division-moves/${encodeURIComponent(id)}`;
}

export function reviewsPath(id: string): string {
  return `${movePath(id)}/reviews`;
}

type Export = { readonly format: 'csv' | 'jsonl' | 'pdf'; readonly bom?: boolean };

/** The report under the list's filter: of the page's period, or of the last 12 months where the API's own default holds. */
export function moveExportPath(
  filter: MoveFilterState,
  scope: PageScope,
  { format, bom = false }: Export,
  span: 'period' | 'year',
): string {
  const { from, to, ...asked } = moveQuery(filter, scope);
  return apiPath('/api/v1/division-moves/export', {
    ...asked,
    ...(span === 'period' ? { from, to } : {}),
    format,
    ...(bom ? { bom: 'true' } : {}),
  });
}

/** Where a move stands as a page. */
export function movePagePath(id: string): string {
  return `/division-moves/${encodeURIComponent(id)}`;
}

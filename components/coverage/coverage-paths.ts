import { apiPath } from '@/components/api/api-key';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';

export const VIEWS = ['calendar', 'runs', 'quarantine', 'observations', 'ledger'] as const;
export type CoverageView = (typeof VIEWS)[number];

export const VIEW_WORDS = {
  calendar: 'Calendar',
  runs: 'Collection runs',
  quarantine: 'Quarantine',
  observations: 'Schema history',
  ledger: 'Ledger',
} as const satisfies Record<CoverageView, string>;

export function readView(params: URLSearchParams): CoverageView {
  return VIEWS.find((view) => view === params.get('view')) ?? 'calendar';
}

/** The calendar's own filters within the page's scope. */
export function calendarPath(scope: PageScope, params: URLSearchParams): string {
  return apiPath('/api/v1/coverage', {
    ...scopeQuery(scope),
    service: params.getAll('service'),
    source: params.getAll('source'),
  });
}

export function readingsPath(scope: PageScope, params: URLSearchParams, hour: string): string {
  return apiPath('/api/v1/coverage/readings', {
    hour,
    org: scope.orgs,
    service: params.getAll('service'),
    source: params.getAll('source'),
  });
}

/** The same address with another cell open, or none. */
export function withCell(params: URLSearchParams, hour: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete('cell');
  if (hour !== null) next.set('cell', hour);
  return next;
}

/** The same page in another view; a cursor and an open cell belong to the old one. */
export function withView(params: URLSearchParams, view: CoverageView): URLSearchParams {
  const next = withCell(params, null);
  next.delete('cursor');
  next.delete('view');
  if (view !== 'calendar') next.set('view', view);
  return next;
}

import { setValues } from '@/components/url/list-params';
import { type PageScope, scopeQuery } from '@/components/url/page-scope';
import { RISKS } from '@/lib/kernel/words';
import { SESSION_KINDS, SESSION_RULES } from '@/lib/sessions/contract';

/** Under this name the address of the list carries the session that lies open beside it. */
export const OPEN_SESSION = 'session';

export const SESSION_FILTERS = ['kind', 'rule', 'risk', 'actor'] as const;
export type SessionFilterName = (typeof SESSION_FILTERS)[number];

const KNOWN: Partial<Record<SessionFilterName, readonly string[]>> = {
  kind: SESSION_KINDS,
  rule: SESSION_RULES,
  risk: RISKS,
};

export type SessionFilterState = {
  readonly values: Readonly<Record<SessionFilterName, readonly string[]>>;
  readonly q: string;
  readonly sort: 'newest' | 'largest';
};

export function readSessionFilter(params: URLSearchParams): SessionFilterState {
  const read = (name: SessionFilterName) => {
    const known = KNOWN[name];
    const given = [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length <= 200);
    return known === undefined ? given : given.filter((value) => known.includes(value));
  };
  return {
    values: { kind: read('kind'), rule: read('rule'), risk: read('risk'), actor: read('actor') },
    q: (params.get('q') ?? '').trim().slice(0, 200),
    sort: params.get('sort') === 'largest' ? 'largest' : 'newest',
  };
}

/** What the API is asked: the filter within the page's organisations and period. */
export function sessionQuery(filter: SessionFilterState, scope: PageScope) {
  return { ...scopeQuery(scope), ...filter.values, q: filter.q };
}

export function clearSessionFilters(params: URLSearchParams): URLSearchParams {
  const names = [...SESSION_FILTERS, 'q'];
  return setValues(params, OPEN_SESSION, Object.fromEntries(names.map((name) => [name, []])));
}

export function isSessionFiltered(filter: SessionFilterState): boolean {
  return filter.q !== '' || SESSION_FILTERS.some((name) => filter.values[name].length > 0);
}

import { toIso } from '@/lib/kernel/instant';
import { type Period, type Range, rangeOf, readPeriod } from './period';

/** What every page of the dashboard is about: which organisations, which period. */
export type PageScope = {
  readonly period: Period;
  readonly range: Range;
  /** Ids of the organisations chosen; none means all that the viewer may see. */
  readonly orgs: readonly string[];
};

/** The names in an address that belong to the frame and travel from page to page. */
export const SCOPE_NAMES = ['org', 'period', 'from', 'to', 'zone'] as const;

const ORG_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function readScope(params: URLSearchParams, now: Date): PageScope {
  const period = readPeriod(params);
  return {
    period,
    range: rangeOf(period, now),
    orgs: params.getAll('org').filter((id) => ORG_ID.test(id)),
  };
}

/** The scope as the API asks for it. */
export function scopeQuery(scope: PageScope): { from: string; to: string; org: readonly string[] } {
  return { from: toIso(scope.range.from), to: toIso(scope.range.to), org: scope.orgs };
}

/** What a door adds to the address; null takes a name out. */
export type DoorQuery = Readonly<Record<string, string | readonly string[] | null>>;

/** An address of another page that keeps the scope; `query` adds to it and, where it names the same thing, wins. */
export function hrefWithScope(path: string, params: URLSearchParams, query: DoorQuery = {}): string {
  const next = new URLSearchParams();
  for (const name of SCOPE_NAMES) for (const value of params.getAll(name)) next.append(name, value);
  // An absolute range given by the door replaces a relative period of the page.
  if ('from' in query) next.delete('period');
  for (const [name, value] of Object.entries(query)) {
    next.delete(name);
    if (value === null) continue;
    for (const one of typeof value === 'string' ? [value] : value) next.append(name, one);
  }
  const text = next.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Next's `searchParams` of a page as URLSearchParams. */
export function toSearchParams(
  given: Readonly<Record<string, string | readonly string[] | undefined>>,
): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) params.append(name, one);
  }
  return params;
}

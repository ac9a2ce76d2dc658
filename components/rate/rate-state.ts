import { readAsOf } from '@/components/changes/filter/change-filter';
import { setValues } from '@/components/url/list-params';
import { type DoorQuery, type PageScope, scopeQuery } from '@/components/url/page-scope';
import { bucketOf, type Range } from '@/components/url/period';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import { DAY_MS } from '@/lib/kernel/instant';
import { BUCKETS, type Bucket } from '@/lib/kernel/words';
import { BREAKDOWNS, type BreakdownBy } from '@/lib/linking/contract/rate-breakdown';
import { filterOfItem } from '@/lib/linking/model/rate-filter';

/** What the rate can be narrowed to, as the address spells it; the list of changes spells it the same. */
export const NARROWING = ['service', 'team', 'actor', 'division'] as const;
export type Narrowing = (typeof NARROWING)[number];

/** What the page of the rate shows, as its address says it. */
export type RateState = {
  readonly filter: Readonly<Record<Narrowing, readonly string[]>>;
  readonly by: BreakdownBy;
  readonly bucket: Bucket;
  /** Null: as it stands now. */
  readonly asOf: string | null;
  /** The page of the breakdown; null for its first. */
  readonly cursor: string | null;
};

export function readRateState(params: URLSearchParams, range: Range): RateState {
  const of = (name: Narrowing): string[] => [
    ...new Set(params.getAll(name).filter((value) => value !== '' && value.length <= 200)),
  ];
  const bucket = bucketsFor(range).find((one) => one === params.get('bucket'));
  return {
    filter: { service: of('service'), team: of('team'), actor: of('actor'), division: of('division') },
    by: BREAKDOWNS.find((one) => one === params.get('by')) ?? 'service',
    bucket: bucket ?? bucketOf(range),
    asOf: readAsOf(params),
    cursor: params.get('cursor'),
  };
}

/** Buckets that give a chart one can read: neither thousands of bars nor a single one. */
export function bucketsFor(range: Range): Bucket[] {
  const days = (range.to.getTime() - range.from.getTime()) / DAY_MS;
  return BUCKETS.filter((bucket) => {
    if (bucket === 'hour') return days <= 14;
    if (bucket === 'day') return days <= 400;
    return bucket === 'week' ? days >= 7 : days >= 28;
  });
}

/** The question that the page, its breakdown and its files have in common. */
export function rateQuery(state: RateState, scope: PageScope) {
  return { ...scopeQuery(scope), ...state.filter, asOf: state.asOf };
}

/** What a door to the list of changes carries over from this page; `more` narrows it to the figure that is opened. */
export function doorQuery(state: RateState, more: DoorQuery = {}): DoorQuery {
  return { ...state.filter, ...(state.asOf === null ? {} : { asOf: state.asOf }), ...more };
}

/** What an item of the breakdown adds to a door: exactly its rows. */
export function itemQuery(by: BreakdownBy, key: string, range: Range): DoorQuery {
  return Object.fromEntries(
    Object.entries(filterOfItem(by, key, range)).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.map(String) : String(value),
    ]),
  );
}

/** The page narrowed by these values; the breakdown begins again. */
export function withNarrowing(
  params: URLSearchParams,
  name: Narrowing,
  values: readonly string[],
): URLSearchParams {
  return setValues(params, 'cursor', { [name]: values });
}

/** Whether exactly the services of the preset are set. */
export function isHighImpact(state: RateState): boolean {
  const { service } = state.filter;
  return (
    service.length === HIGH_IMPACT_SERVICES.length &&
    HIGH_IMPACT_SERVICES.every((one) => service.includes(one))
  );
}

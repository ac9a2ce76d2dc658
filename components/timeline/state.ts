import { apiPath } from '@/components/api/api-key';
import { setValues } from '@/components/url/list-params';
import type { PageScope } from '@/components/url/page-scope';
import { withPeriod } from '@/components/url/period';
import { HIGH_IMPACT_SERVICES } from '@/lib/changes/model/high-impact';
import { LANES, type Lane, PLANNINGS_OF_LANE, TIMELINE_RISKS } from '@/lib/changes/model/timeline/lanes';
import { parseInstant, toIso } from '@/lib/kernel/instant';
import { type Extent, overlap, yearAround } from './geometry/extent';

/** Everything the timeline's address says beyond organisation and period: what is seen is what a link shows. */
export const OPEN_CHANGE = 'change';
export const OPEN_SESSION = 'task';
const BRUSH = 'brush';
const LANE = 'lane';
const ROWS = 50;

export const TIMELINE_FILTERS = ['service', 'actor', 'action', 'risk'] as const;
export type TimelineFilterName = (typeof TIMELINE_FILTERS)[number];

export type TimelineFilter = {
  readonly values: Readonly<Record<TimelineFilterName, readonly string[]>>;
  /** Whether records that are no accountable changes are shown, in a lane of their own. */
  readonly all: boolean;
};

export function readTimelineFilter(params: URLSearchParams): TimelineFilter {
  const of = (name: TimelineFilterName) =>
    [...new Set(params.getAll(name))].filter((value) => value !== '' && value.length <= 200);
  return {
    values: {
      service: of('service'),
      actor: of('actor'),
      action: of('action'),
      risk: of('risk').filter((value) => TIMELINE_RISKS.some((risk) => risk === value)),
    },
    all: params.get('accountable') === 'all',
  };
}

/** Sets one filter; what was open or selected under the old one closes. */
export function setTimelineFilter(
  params: URLSearchParams,
  name: TimelineFilterName | 'accountable',
  values: readonly string[],
): URLSearchParams {
  return setValues(params, OPEN_CHANGE, { [name]: values });
}

export function clearTimelineFilters(params: URLSearchParams): URLSearchParams {
  return setValues(
    params,
    OPEN_CHANGE,
    Object.fromEntries([...TIMELINE_FILTERS, 'accountable'].map((name) => [name, []])),
  );
}

export function isTimelineFiltered(filter: TimelineFilter): boolean {
  return filter.all || TIMELINE_FILTERS.some((name) => filter.values[name].length > 0);
}

/** Whether the services chosen are exactly those of high impact. */
export function isHighImpact(filter: TimelineFilter): boolean {
  const chosen = filter.values.service;
  return (
    chosen.length === HIGH_IMPACT_SERVICES.length && HIGH_IMPACT_SERVICES.every((one) => chosen.includes(one))
  );
}

/** The stretch selected on the chart, from `brush=<from>/<to>`; null where there is none or it makes no sense. */
export function readBrush(params: URLSearchParams): Extent | null {
  const [from, to] = (params.get(BRUSH) ?? '').split('/').map((text) => parseInstant(text));
  return from && to && from < to ? { from: from.getTime(), to: to.getTime() } : null;
}

/** Selects a stretch, of one lane where one is named; null selects nothing. The list begins anew. */
export function withBrush(
  params: URLSearchParams,
  brush: Extent | null,
  lane: Lane | null = null,
): URLSearchParams {
  return setValues(params, 'cursor', {
    [BRUSH]: brush === null ? [] : [`${toIso(new Date(brush.from))}/${toIso(new Date(brush.to))}`],
    [LANE]: lane === null ? [] : [lane],
  });
}

/** The lane whose rows are listed; null: all of them. */
export function readLane(params: URLSearchParams): Lane | null {
  return LANES.find((lane) => lane === params.get(LANE)) ?? null;
}

export function withLane(params: URLSearchParams, lane: Lane | null): URLSearchParams {
  return setValues(params, 'cursor', { [LANE]: lane === null ? [] : [lane] });
}

/** Another visible extent. A selection that it does not touch any more goes. */
export function withExtent(params: URLSearchParams, extent: Extent): URLSearchParams {
  const next = withPeriod(params, {
    kind: 'absolute',
    from: new Date(extent.from),
    to: new Date(extent.to),
  });
  const brush = readBrush(params);
  return brush !== null && overlap(brush, extent) === null ? withBrush(next, null) : next;
}

function filterQuery(filter: TimelineFilter, orgs: readonly string[]) {
  return { ...filter.values, org: orgs, accountable: filter.all ? null : 'true' };
}

const rangeQuery = ({ from, to }: Extent) => ({ from: toIso(new Date(from)), to: toIso(new Date(to)) });

/** What the chart asks for an extent. */
export function timelinePath(params: URLSearchParams, orgs: readonly string[], extent: Extent): string {
  return apiPath('/api/v1/timeline', {
    ...filterQuery(readTimelineFilter(params), orgs),
    ...rangeQuery(extent),
  });
}

/** What the strip of the whole year asks. */
export function stripPath(params: URLSearchParams, scope: PageScope, now: Date): string {
  const extent = { from: scope.range.from.getTime(), to: scope.range.to.getTime() };
  return apiPath('/api/v1/timeline', {
    ...filterQuery(readTimelineFilter(params), scope.orgs),
    ...rangeQuery(yearAround(extent, now.getTime())),
    draw: 'bins',
    grain: 'day',
  });
}

/** The filter of the list beneath: the chart's, within the selection or the whole extent, of one lane or of all. */
export function rowsQuery(params: URLSearchParams, orgs: readonly string[], extent: Extent) {
  const filter = readTimelineFilter(params);
  const brush = readBrush(params);
  const lane = readLane(params);
  const within = brush === null ? extent : (overlap(brush, extent) ?? extent);
  return {
    ...filterQuery(filter, orgs),
    ...rangeQuery(within),
    risk: filter.values.risk.length > 0 ? filter.values.risk : TIMELINE_RISKS,
    planning: lane === null ? [] : PLANNINGS_OF_LANE[lane],
  };
}

export function rowsPath(params: URLSearchParams, orgs: readonly string[], extent: Extent): string {
  return apiPath('/api/v1/changes', {
    ...rowsQuery(params, orgs, extent),
    sort: params.get('sort') === 'oldest' ? 'oldest' : 'newest',
    cursor: params.get('cursor'),
    limit: ROWS,
  });
}

export function rowCountsPath(params: URLSearchParams, orgs: readonly string[], extent: Extent): string {
  return apiPath('/api/v1/changes/facets', rowsQuery(params, orgs, extent));
}

/** What the filters offer: the counts of the whole extent, whatever is selected in it. */
export function optionsPath(params: URLSearchParams, orgs: readonly string[], extent: Extent): string {
  return rowCountsPath(withBrush(params, null), orgs, extent);
}

/** How many records of the extent are no accountable changes, under the same filters. */
export function hiddenPath(params: URLSearchParams, orgs: readonly string[], extent: Extent): string {
  return apiPath('/api/v1/changes/facets', {
    ...rowsQuery(withBrush(params, null), orgs, extent),
    accountable: 'false',
  });
}

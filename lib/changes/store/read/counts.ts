import type { Sql } from '@/lib/db/sql';
import { DAY_MS, floorToDay } from '@/lib/kernel/instant';
import type { ChangeFilter } from '../../contract';
import { type FilterKey, type SearchHits, whereOf } from './change-filter';
import { linkageAt } from './judgeable';

/** What the rollup by dimensions can filter on; anything else is counted on the changes themselves. */
const ROLLED: ReadonlySet<FilterKey> = new Set([
  'from',
  'to',
  'org',
  'service',
  'entityType',
  'action',
  'actorKind',
  'risk',
  'linkage',
  'planning',
  'accountable',
  'excluded',
]);

export const FACETS = [
  'service',
  'entityType',
  'action',
  'actorKind',
  'risk',
  'linkage',
  'planning',
  'excluded',
] as const;
export type Facet = (typeof FACETS)[number];

const FACET_COLUMNS: Readonly<Record<Facet, string>> = {
  service: 'service',
  entityType: 'entity_type',
  action: 'action',
  actorKind: 'actor_kind',
  risk: 'risk',
  linkage: 'linkage',
  planning: 'planning',
  excluded: 'excluded_reason',
};

/** Whether the filter can be counted from rollups. */
export function isRolled(filter: ChangeFilter): boolean {
  return Object.entries(filter).every(
    ([key, value]) => value === undefined || isEmpty(value) || ROLLED.has(key as FilterKey),
  );
}

/**
 * Rows of (dimensions, day, n) under the filter. Whole days come from the rollup, the parts of days at the ends and whatever
 * the rollup cannot filter from the changes; both are exact.
 */
export function countable(
  filter: ChangeFilter,
  search: SearchHits | null,
  without: FilterKey | null = null,
): { readonly sql: string; readonly values: readonly unknown[] } {
  const live = whereOf(filter, search, without);
  // As the rate's own counts: under `asOf` each change has the linkage of that instant, also where it is counted by it.
  const asOf = filter.asOf === undefined ? null : [...live.values, filter.asOf];
  const linkage = asOf === null ? 'linkage' : `${linkageAt(`$${asOf.length}`)} as linkage`;
  const fromChanges = (extra: string) =>
    `select service, entity_type, action, actor_kind, risk, ${linkage}, planning, excluded_reason, date_trunc('day', event_date, 'UTC') as day, 1::bigint as n from change c where ${live.sql}${extra}`;
  const days = wholeDays(filter);
  if (!isRolled(filter) || days === null) return { sql: fromChanges(''), values: asOf ?? live.values };
  // A statement may name no parameter it does not use.
  const values = days.fromIsWhole && days.toIsWhole ? [] : [...live.values];
  const { from: _from, to: _to, ...dims } = filter;
  const rolled = whereOf(dims, null, without);
  const shifted = rolled.sql.replace(/\$(\d+)/g, (_all, n: string) => `$${Number(n) + values.length}`);
  values.push(...rolled.values);
  const bound = (column: string, from: string, to: string): string => {
    const parts: string[] = [];
    if (days.from !== null) parts.push(`${column} >= ${from}::timestamptz`);
    if (days.to !== null) parts.push(`${column} < ${to}::timestamptz`);
    return parts.length === 0 ? 'true' : parts.join(' and ');
  };
  const from = days.from === null ? '' : `$${values.push(days.from)}`;
  const to = days.to === null ? '' : `$${values.push(days.to)}`;
  const inDays = bound('c.day', from, to);
  const edges = [
    days.fromIsWhole ? null : `c.event_date < ${from}::timestamptz`,
    days.toIsWhole ? null : `c.event_date >= ${to}::timestamptz`,
  ].filter((one) => one !== null);
  const sql = `select service, entity_type, action, actor_kind, risk, linkage, planning, excluded_reason, day, n from (
      select r.*, nullif(r.excluded, '') as excluded_reason, r.excluded = '' as accountable from ru_dim r
    ) c where ${inDays} and ${shifted}
    ${edges.length === 0 ? '' : `union all ${fromChanges(` and (${edges.join(' or ')})`)}`}`;
  return { sql, values };
}

export type FacetCount = { readonly facet: Facet; readonly value: string; readonly n: number };

/** Counts of every value of the facets, each under the filter without the facet's own member, and the total under all of it. */
export async function countFacets(
  sql: Sql,
  filter: ChangeFilter,
  search: SearchHits | null,
): Promise<{ total: number; counts: FacetCount[] }> {
  const counts: FacetCount[] = [];
  const plain = FACETS.filter((facet) => isEmpty(filter[facet]));
  const sets = [...plain.map((facet) => `(${FACET_COLUMNS[facet]})`), '()'].join(', ');
  const grouped = plain
    .map((facet) => `when grouping(${FACET_COLUMNS[facet]}) = 0 then '${facet}'`)
    .join(' ');
  const columnOf = plain
    .map((facet) => `when grouping(${FACET_COLUMNS[facet]}) = 0 then ${FACET_COLUMNS[facet]}::text`)
    .join(' ');
  const rows = countable(filter, search);
  const result = await sql.query<{ facet: Facet | null; value: string | null; n: number }>(
    `select ${plain.length === 0 ? 'null' : `case ${grouped} end`} as facet, ${plain.length === 0 ? 'null' : `case ${columnOf} end`} as value, coalesce(sum(n), 0)::int8 as n
     from (${rows.sql}) f group by grouping sets (${sets})`,
    rows.values,
  );
  let total = 0;
  for (const row of result) {
    if (row.facet === null) total = row.n;
    else if (row.value !== null) counts.push({ facet: row.facet, value: row.value, n: row.n });
  }
  for (const facet of FACETS) {
    if (plain.includes(facet)) continue;
    const own = countable(filter, search, facet);
    const column = FACET_COLUMNS[facet];
    const values = await sql.query<{ value: string | null; n: number }>(
      `select ${column}::text as value, sum(n)::int8 as n from (${own.sql}) f group by 1`,
      own.values,
    );
    for (const row of values) if (row.value !== null) counts.push({ facet, value: row.value, n: row.n });
  }
  return { total, counts: counts.filter((one) => one.n > 0) };
}

type Days = {
  readonly from: Date | null;
  readonly to: Date | null;
  readonly fromIsWhole: boolean;
  readonly toIsWhole: boolean;
};

/** The whole days inside the filter's range; null when there is none. */
export function wholeDays(filter: Pick<ChangeFilter, 'from' | 'to'>): Days | null {
  const from = filter.from === undefined ? null : new Date(filter.from);
  const to = filter.to === undefined ? null : new Date(filter.to);
  const fromDay = from === null ? null : floorToDay(new Date(from.getTime() + DAY_MS - 1));
  const toDay = to === null ? null : floorToDay(to);
  if (fromDay !== null && toDay !== null && fromDay >= toDay) return null;
  return {
    from: fromDay,
    to: toDay,
    fromIsWhole: from === null || fromDay?.getTime() === from.getTime(),
    toIsWhole: to === null || toDay?.getTime() === to.getTime(),
  };
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

import type { ChangeFilter } from '@/lib/changes/contract';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { BreakdownBy } from '../contract/rate-breakdown';

/** The value that stands for "not known": a target in no known division, a person of no known department, a record that names nobody. */
export const UNKNOWN = 'unknown';

/** What the changes of a rate are narrowed to; an empty list does not narrow. */
export type RateFilter = {
  readonly service: readonly string[];
  readonly actor: readonly string[];
  readonly division: readonly string[];
  readonly team: readonly string[];
};

export const NO_FILTER: RateFilter = { service: [], actor: [], division: [], team: [] };

export function isNarrowed(filter: RateFilter): boolean {
  return Object.values(filter).some((values) => values.length > 0);
}

/** The members of a list's filter that a rate's own filter comes to. */
export function filterOfLists(filter: RateFilter): Partial<ChangeFilter> {
  return Object.fromEntries(
    Object.entries(filter).flatMap(([name, values]) => (values.length === 0 ? [] : [[name, [...values]]])),
  );
}

/**
 * What one item of a breakdown adds to the filter of its period's lists: the rows behind it are exactly those of the period that fit it.
 * A day that the period cuts keeps the period's own end.
 */
export function filterOfItem(
  by: BreakdownBy,
  key: string,
  range: { readonly from: Date; readonly to: Date },
): Partial<ChangeFilter> {
  if (by !== 'day') return { [by]: [key] };
  const day = new Date(`${key}T00:00:00.000Z`);
  const end = addMs(day, DAY_MS);
  return {
    from: toIso(day < range.from ? range.from : day),
    to: toIso(end > range.to ? range.to : end),
  };
}

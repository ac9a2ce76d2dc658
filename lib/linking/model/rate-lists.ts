import type { ChangeFilter } from '@/lib/changes/contract';
import { type Interval, toIso } from '@/lib/kernel/instant';
import { LINKAGES } from '@/lib/kernel/words';
import type { RateScope } from './rate';
import { filterOfLists, type RateFilter } from './rate-filter';

/** The two lists behind a rate, as filters of the list of changes: numerator / denominator, row for row. */
export type RateLists = { readonly numerator: ChangeFilter; readonly denominator: ChangeFilter };

/** The filters whose rows are exactly what a rate counted. Source: design 5, unlinked change rate; law 6. */
export function rateLists(asked: {
  range: Interval;
  scope: RateScope;
  orgIds?: readonly string[] | undefined;
  filter?: RateFilter | undefined;
  asOf?: Date | null | undefined;
}): RateLists {
  const base = {
    from: toIso(asked.range.from),
    to: toIso(asked.range.to),
    ...(asked.orgIds === undefined || asked.orgIds.length === 0 ? {} : { org: [...asked.orgIds] }),
    ...(asked.filter === undefined ? {} : filterOfLists(asked.filter)),
    ...(asked.asOf == null ? {} : { asOf: toIso(asked.asOf) }),
  };
  if (asked.scope === 'all') {
    return {
      numerator: { ...base, linkage: LINKAGES.filter((linkage) => linkage !== 'linked') },
      denominator: base,
    };
  }
  const counted = LINKAGES.filter((linkage) => linkage !== 'not_applicable');
  return {
    numerator: { ...base, accountable: 'true', linkage: counted.filter((linkage) => linkage !== 'linked') },
    denominator: { ...base, accountable: 'true', linkage: counted },
  };
}

import { view } from '@/lib/auth/view';
import type { RateDto, RateQuery } from './contract';
import type { RateLists } from './model/rate-lists';
import { askedRate, listsOfRate, unlinkedRate } from './unlinked-rate';

/** The unlinked change rate of the viewer's organisations, with its series, exclusions and the period before. */
export const viewUnlinkedRate = view<RateQuery, RateDto>(
  { permission: 'metrics.read' },
  ({ sql, now }, query) => unlinkedRate(sql, askedRate(query, now)),
);

/** The filters of the two lists behind the same figure: numerator and denominator, row for row. */
export const viewRateLists = view<RateQuery, RateLists>(
  { permission: 'metrics.read' },
  async ({ now }, query) => listsOfRate(askedRate(query, now)),
);

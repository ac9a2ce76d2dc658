import { view } from '@/lib/auth/view';
import { breakDownRate } from '../break-down-rate';
import type { BreakdownDto, BreakdownQuery } from '../contract/rate-breakdown';

/** The unlinked change rate of the viewer's organisations by day, service, team, actor, division or organisation. */
export const viewRateBreakdown = view<BreakdownQuery, BreakdownDto>(
  { permission: 'metrics.read' },
  ({ sql, now }, query) => breakDownRate(sql, query, now),
);

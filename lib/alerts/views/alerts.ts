import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import { ALERT_STATES, type AlertDelaysDto, type AlertDto, type AlertListQuery } from '../contract/alerts';
import { type AlertFilter, delaysOf, listAlerts } from '../store/alert/alert-list';
import { alertDtos } from './alert-dto';

/** One page of alerts, the newest raised first; merged ones only where the filter asks for them. */
export const viewAlerts = view<AlertListQuery, Page<AlertDto>>(
  { permission: 'alerts.read', journal: () => ({ action: 'alerts.viewed', objectType: 'alert' }) },
  async ({ sql }, query) => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const alerts = await listAlerts(sql, filterOf(query), { after: afterOf(query.cursor), limit: limit + 1 });
    const page = alerts.slice(0, limit);
    const last = alerts.length > limit ? page.at(-1) : undefined;
    return {
      items: await alertDtos(sql, page),
      nextCursor: last === undefined ? null : encodeCursor([last.raisedAt.toISOString(), last.id]),
    };
  },
);

/** How long the alerts of a filter took from event to alert and to the first delivery. */
export const viewAlertDelays = view<AlertListQuery, AlertDelaysDto>(
  { permission: 'alerts.read', journal: () => ({ action: 'alert_delays.viewed', objectType: 'alert' }) },
  async ({ sql }, query) => {
    const delays = await delaysOf(sql, filterOf(query));
    const pair = ([p50, p95]: readonly [number | null, number | null]) => ({ p50, p95 });
    const count = (state: string) => delays.states[state] ?? 0;
    const [open, acknowledged, closed, historic, merged] = ALERT_STATES.map(count);
    return {
      alerts: delays.alerts,
      eventToAlert: pair(delays.toAlert),
      eventToDelivered: pair(delays.toDelivered),
      receivedToDelivered: pair(delays.receivedToDelivered),
      byState: {
        open: open ?? 0,
        acknowledged: acknowledged ?? 0,
        closed: closed ?? 0,
        historic: historic ?? 0,
        merged: merged ?? 0,
      },
      deadDeliveries: delays.dead,
    };
  },
);

function filterOf(query: AlertListQuery): AlertFilter {
  const from = query.from === undefined ? undefined : new Date(query.from);
  const to = query.to === undefined ? undefined : new Date(query.to);
  if (from !== undefined && to !== undefined && from >= to)
    throw requestError('bad_request', 'cannot list alerts: `from` is not before `to`');
  const { org: orgs, state: states, severity: severities, rule: rules, q } = query;
  return { from, to, orgs, states, severities, rules, q: q || undefined };
}

function afterOf(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

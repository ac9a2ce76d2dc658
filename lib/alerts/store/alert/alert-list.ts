import type { Sql } from '@/lib/db/sql';
import { severityNumber } from '@/lib/findings/model/severity';
import type { Risk } from '@/lib/kernel/words';
import type { AlertState } from '../../contract/alerts';
import type { Alert } from '../../model/alert';
import { ALERT_COLUMNS, type AlertRow, alertOf } from './alert-rows';

export type AlertFilter = {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly orgs?: readonly string[] | undefined;
  readonly states?: readonly AlertState[] | undefined;
  readonly severities?: readonly Risk[] | undefined;
  readonly rules?: readonly string[] | undefined;
  readonly q?: string | undefined;
};

/** One page of alerts under a filter, the newest raised first, after `after`; merged ones only where they are asked for. */
export async function listAlerts(
  sql: Sql,
  filter: AlertFilter,
  page: { after: { at: string; id: string } | null; limit: number },
): Promise<Alert[]> {
  const { where, values } = whereOf(filter);
  if (page.after !== null)
    where.push(`(a.raised_at, a.id) < ($${values.push(page.after.at)}, $${values.push(page.after.id)})`);
  const rows = await sql.query<AlertRow>(
    `select ${ALERT_COLUMNS} from alert a where ${where.join(' and ')} order by a.raised_at desc, a.id desc limit $${values.push(page.limit)}`,
    values,
  );
  return rows.map(alertOf);
}

export type Delays = {
  readonly alerts: number;
  readonly states: Readonly<Record<string, number>>;
  readonly toAlert: readonly [number | null, number | null];
  readonly toDelivered: readonly [number | null, number | null];
  readonly receivedToDelivered: readonly [number | null, number | null];
  readonly dead: number;
};

const PERCENTILES = (of: string) =>
  `percentile_cont(array[0.5, 0.95]) within group (order by extract(epoch from ${of}) * 1000)`;

/** How long alerts of a filter took, in milliseconds; historic ones are counted but not timed, for nobody waited for them. */
export async function delaysOf(sql: Sql, filter: AlertFilter): Promise<Delays> {
  const { where, values } = whereOf(filter);
  const [row] = await sql.query<{
    n: number;
    to_alert: (number | null)[] | null;
    to_delivered: (number | null)[] | null;
    received_to_delivered: (number | null)[] | null;
    dead: number;
  }>(
    `with asked as (select a.* from alert a where ${where.join(' and ')}),
     timed as (select a.*, (select min(d.delivered_at) from delivery d where d.alert_id = a.id) as delivered_at from asked a where a.state <> 'historic')
     select (select count(*) from asked) as n, ${PERCENTILES('raised_at - first_event_at')} as to_alert,
       ${PERCENTILES('delivered_at - first_event_at')} filter (where delivered_at is not null) as to_delivered,
       ${PERCENTILES('delivered_at - first_received_at')} filter (where delivered_at is not null and first_received_at is not null) as received_to_delivered,
       (select count(*) from delivery d join asked a on a.id = d.alert_id where d.state = 'dead') as dead
     from timed`,
    values,
  );
  const states = await sql.query<{ state: string; n: number }>(
    `select a.state, count(*) as n from alert a where ${where.join(' and ')} group by 1`,
    values,
  );
  const pair = (numbers: (number | null)[] | null | undefined): [number | null, number | null] => [
    rounded(numbers?.[0]),
    rounded(numbers?.[1]),
  ];
  return {
    alerts: row?.n ?? 0,
    states: Object.fromEntries(states.map(({ state, n }) => [state, n])),
    toAlert: pair(row?.to_alert),
    toDelivered: pair(row?.to_delivered),
    receivedToDelivered: pair(row?.received_to_delivered),
    dead: row?.dead ?? 0,
  };
}

/** How many alerts each routing rule sent since an instant, by the rule's id. */
export async function sentByRule(sql: Sql, since: Date): Promise<Map<string, number>> {
  const rows = await sql.query<{ rule: string; n: number }>(
    `select rule, count(*) as n from alert a cross join lateral unnest(a.routed_by) rule
     where a.told_at >= $1 and a.state <> 'merged' group by rule`,
    [since],
  );
  return new Map(rows.map((row) => [row.rule, row.n]));
}

function whereOf(filter: AlertFilter): { where: string[]; values: unknown[] } {
  const values: unknown[] = [];
  const where: string[] = [];
  const add = (condition: (place: string) => string, value: unknown) =>
    where.push(condition(`$${values.push(value)}`));
  if (filter.states === undefined) where.push(`a.state <> 'merged'`);
  else add((place) => `a.state = any(${place})`, filter.states);
  if (filter.from) add((place) => `a.raised_at >= ${place}`, filter.from);
  if (filter.to) add((place) => `a.raised_at < ${place}`, filter.to);
  if (filter.orgs) add((place) => `a.org_id = any(${place}::uuid[])`, filter.orgs);
  if (filter.severities)
    add((place) => `a.severity = any(${place}::smallint[])`, filter.severities.map(severityNumber));
  if (filter.rules) add((place) => `a.rules && ${place}`, filter.rules);
  if (filter.q) {
    const text = `%${filter.q.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    const like = `$${values.push(text)}`;
    where.push(
      `(a.title ilike ${like} or a.subject_name ilike ${like} or a.actor_name ilike ${like} or a.id = $${values.push(filter.q)})`,
    );
  }
  return { where, values };
}

function rounded(ms: number | null | undefined): number | null {
  return ms === null || ms === undefined ? null : Math.round(ms);
}

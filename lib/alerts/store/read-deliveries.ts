import type { Sql } from '@/lib/db/sql';
import type { ChannelKind, DeliveryState, Purpose } from '../contract/deliveries';
import type { Receipt } from './delivery-work';

export type StoredAttempt = {
  readonly at: Date;
  readonly outcome: 'delivered' | 'again' | 'refused' | 'unknown';
  readonly status: number | null;
  readonly because: string | null;
};

export type StoredDelivery = {
  readonly id: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly title: string;
  readonly channelId: string;
  readonly channelName: string;
  readonly channelKind: ChannelKind;
  readonly purpose: Purpose;
  readonly state: DeliveryState;
  readonly because: string | null;
  readonly plannedAt: Date;
  readonly nextAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly receipt: Receipt | null;
  readonly channelPaused: boolean;
};

const SELECT = `select d.id, d.org_id as "orgId", d.alert_id as "alertId", d.message ->> 'title' as title, d.channel_id as "channelId",
  d.channel_name as "channelName", d.channel_kind as "channelKind", d.purpose, d.state, d.because, d.received_at as "plannedAt",
  d.next_at as "nextAt", d.delivered_at as "deliveredAt", d.receipt, coalesce(c.state = 'paused', false) as "channelPaused"
  from delivery d left join channel c on c.id = d.channel_id and c.removed_at is null`;

export type DeliveryFilter = {
  readonly orgIds?: readonly string[] | undefined;
  readonly states?: readonly DeliveryState[] | undefined;
  readonly channelIds?: readonly string[] | undefined;
  readonly alertId?: string | undefined;
  readonly before?: { readonly at: Date; readonly id: string } | undefined;
};

/** Deliveries, newest first. */
export async function listDeliveries(
  sql: Sql,
  filter: DeliveryFilter,
  limit: number,
): Promise<StoredDelivery[]> {
  const where: string[] = [];
  const values: unknown[] = [];
  const add = (condition: (place: string) => string, value: unknown) => {
    values.push(value);
    where.push(condition(`$${values.length}`));
  };
  if (filter.orgIds) add((place) => `d.org_id = any(${place}::uuid[])`, filter.orgIds);
  if (filter.states) add((place) => `d.state = any(${place})`, filter.states);
  if (filter.channelIds) add((place) => `d.channel_id = any(${place})`, filter.channelIds);
  if (filter.alertId) add((place) => `d.alert_id = ${place}`, filter.alertId);
  if (filter.before) {
    values.push(filter.before.at, filter.before.id);
    where.push(`(d.received_at, d.id) < ($${values.length - 1}, $${values.length})`);
  }
  values.push(limit);
  return sql.query<StoredDelivery>(
    `${SELECT} ${where.length > 0 ? `where ${where.join(' and ')}` : ''} order by d.received_at desc, d.id desc limit $${values.length}`,
    values,
  );
}

export async function findDelivery(sql: Sql, id: string): Promise<StoredDelivery | null> {
  const rows = await sql.query<StoredDelivery>(`${SELECT} where d.id = $1`, [id]);
  return rows[0] ?? null;
}

/** All tries of the deliveries, oldest first. */
export async function attemptsOf(
  sql: Sql,
  deliveryIds: readonly string[],
): Promise<Map<string, StoredAttempt[]>> {
  const rows = await sql.query<StoredAttempt & { deliveryId: string }>(
    `select delivery_id as "deliveryId", at, outcome, status, because from delivery_attempt
     where delivery_id = any($1) order by at, id`,
    [deliveryIds],
  );
  const byDelivery = new Map<string, StoredAttempt[]>();
  for (const row of rows) byDelivery.set(row.deliveryId, [...(byDelivery.get(row.deliveryId) ?? []), row]);
  return byDelivery;
}

/** Lets a dead letter wait again; false when it is not dead. */
export async function reviveDelivery(sql: Sql, id: string, now: Date): Promise<boolean> {
  const rows = await sql.query(
    `update delivery set state = 'waiting', because = null, next_at = $2, attempts = 0, unknowns = 0 where id = $1 and state = 'dead' returning id`,
    [id, now],
  );
  return rows.length > 0;
}

/** How the deliveries of an alert stand. */
export type AlertDeliveries = {
  readonly delivered: number;
  readonly waiting: number;
  readonly dead: number;
  readonly held: number;
  readonly suppressed: number;
  /** When the first one, by whichever channel, was delivered. */
  readonly firstDeliveredAt: Date | null;
  readonly incident: Receipt | null;
};

/** Per alert that has any. `waiting` does not count held ones. */
export async function deliveriesOfAlerts(
  sql: Sql,
  alertIds: readonly string[],
): Promise<Map<string, AlertDeliveries>> {
  const rows = await sql.query<AlertDeliveries & { alertId: string }>(
    `select alert_id as "alertId", count(*) filter (where state = 'delivered') as delivered, count(*) filter (where state = 'waiting') as waiting,
       count(*) filter (where state = 'dead') as dead, count(*) filter (where state = 'held') as held,
       count(*) filter (where state = 'suppressed') as suppressed, min(delivered_at) as "firstDeliveredAt",
       (array_agg(receipt order by delivered_at) filter (where receipt is not null))[1] as incident
     from delivery where alert_id = any($1) group by alert_id`,
    [alertIds],
  );
  return new Map(rows.map((row) => [row.alertId, row]));
}

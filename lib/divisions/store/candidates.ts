import type { NormalisedChange, PropertyChange } from '@/lib/changes/model/record/change';
import type { KeptName } from '@/lib/changes/model/record/enrich';
import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Source } from '@/lib/kernel/words';
import { mergeHours } from '../model/merge-hours';
import { CHANGE_DIVISION } from '../model/recognise/move-facts';

/** A change that may tell moves, with what a move takes over from it. */
export type Candidate = Pick<
  NormalisedChange,
  | 'id'
  | 'action'
  | 'entityType'
  | 'entityId'
  | 'entityName'
  | 'propertyChanges'
  | 'entityChanges'
  | 'context'
  | 'status'
  | 'userId'
  | 'actorId'
  | 'clientId'
  | 'remoteIp'
> & {
  readonly at: Date;
  readonly receivedAt: Date;
  readonly source: Source;
  readonly actorKind: ActorKind;
  readonly actorLabel: string | null;
  readonly entityLabel: string | null;
  /** Counts as somebody's act; an excuse from the rate makes it no less a move. */
  readonly accountable: boolean;
  readonly names: Readonly<Record<string, KeptName>>;
  /** The division of the target at that moment, as the directory knew it. */
  readonly divisionId: string | null;
  /** First seen address of a person who had come from elsewhere before. */
  readonly newAddress: boolean;
};

type Row = {
  id: string;
  at: Date;
  received_at: Date;
  source: Source;
  action: string;
  entity_type: string;
  entity_id: string | null;
  entity_name: string | null;
  entity_label: string | null;
  actor_kind: ActorKind;
  actor_id: string | null;
  actor_label: string | null;
  user_id: string | null;
  client_id: string | null;
  remote_ip: string[];
  context: Record<string, string>;
  property_changes: PropertyChange[];
  entity_changes: unknown[] | null;
  status: string | null;
  accountable: boolean;
  names: Record<string, KeptName>;
  division_id: string | null;
  new_address: boolean;
};

/** As `changes` judges it, for moves the same: first seen here, though the person had come from elsewhere before. */
const NEW_ADDRESS = (change: string, ip: string) => `(${change}.actor_kind = 'person' and exists (
  select from actor_address a where a.org_id = ${change}.org_id and a.actor_id = ${change}.actor_id and a.ip = ${ip}
    and exists (select from actor_address b where b.org_id = a.org_id and b.actor_id = a.actor_id and b.first_seen_at < a.first_seen_at)
    and a.first_seen_at = `;

/**
 * The changes of the hours that may tell a move, oldest first: a wide net, since recognition decides. Values that are the id of
 * a known division are caught whatever their property is called.
 */
export async function candidatesOf(
  sql: Sql,
  of: { readonly orgId: string; readonly hours: readonly Date[]; readonly divisionIds: readonly string[] },
): Promise<Candidate[]> {
  if (of.hours.length === 0) return [];
  const values: unknown[] = [of.orgId, of.divisionIds];
  const within = mergeHours(of.hours)
    .map(({ from, to }) => `(c.event_date >= $${values.push(from)} and c.event_date < $${values.push(to)})`)
    .join(' or ');
  const rows = await sql.query<Row>(
    `select c.id, c.event_date as at, c.received_at, c.source, c.action, c.entity_type, c.entity_id, c.entity_name, c.entity_label, c.actor_kind, c.actor_id,
       c.actor_label, c.user_id, c.client_id, c.remote_ip, c.context, c.property_changes, c.entity_changes, c.status,
       c.accountable or c.excluded_reason is not distinct from 'excused' as accountable, c.names, c.division_id,
       ${NEW_ADDRESS('c', 'c.remote_ip[1]')} c.event_date)) as new_address
     from change c where c.org_id = $1 and (${within})
       and (c.property_changes::text ilike '%division%' or c.action = '${CHANGE_DIVISION}'
         or exists (select from jsonb_array_elements(c.property_changes) p
           where jsonb_array_length(p -> 'newValues') = 1 and lower(p -> 'newValues' ->> 0) = any ($2::text[]))
         or case when jsonb_typeof(c.entity_changes) = 'array' then jsonb_array_length(c.entity_changes) > 0 else false end)
     order by c.event_date, c.id`,
    values,
  );
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    receivedAt: row.received_at,
    source: row.source,
    action: row.action,
    entityType: row.entity_type,
    entityId: row.entity_id,
    entityName: row.entity_name,
    entityLabel: row.entity_label,
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorLabel: row.actor_label,
    userId: row.user_id,
    clientId: row.client_id,
    remoteIp: row.remote_ip,
    context: row.context,
    propertyChanges: row.property_changes,
    entityChanges: Array.isArray(row.entity_changes) ? row.entity_changes : null,
    status: row.status,
    accountable: row.accountable,
    names: row.names,
    divisionId: row.division_id,
    newAddress: row.new_address,
  }));
}

/**
 * Hours since an instant with moves whose word on a new address is not true any more: an earlier record of the person turned up,
 * and that touches no row of the move's own change.
 */
export async function hoursWithOtherAddresses(sql: Sql, orgId: string, since: Date): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select distinct date_trunc('hour', m.at, 'UTC') as hour from division_move m
     where m.org_id = $1 and m.at >= $2 and m.actor_kind = 'person' and m.client_ip is not null
       and ('new_for_person' = any (m.address_flags)) <> ${NEW_ADDRESS('m', 'm.client_ip')} m.at))
     order by 1 limit 100`,
    [orgId, since],
  );
  return rows.map((row) => row.hour);
}

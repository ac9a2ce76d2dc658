import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Planning } from '@/lib/kernel/words';

export type BypassMark = { readonly changeId: string; readonly eventDate: Date; readonly bypass: boolean };

/** A change with who changed its object before. */
export type ChangedObject = {
  readonly changeId: string;
  readonly eventDate: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly entityId: string | null;
  readonly entityType: string;
  readonly entityNames: readonly string[];
  readonly planning: Planning;
  readonly bypass: boolean;
  /** The actor and client of the accountable change before it, of the same object; null where there is none. */
  readonly before: {
    readonly kind: ActorKind;
    readonly actorId: string | null;
    readonly clientId: string | null;
  } | null;
};

/** By what objects of a repository may be recognised; more than those objects, never less. */
export type ObjectHints = {
  readonly ids: readonly string[];
  readonly names: readonly string[];
  /** Names as a repository writes them into labels. */
  readonly labels: readonly string[];
};

/** Of a change `c`; the parameters are ids, names, labels. */
function hinted(ids: string, names: string, labels: string): string {
  return `(c.entity_id = any(${ids}) or c.entity_label = any(${names}) or c.entity_name = any(${names})
    or regexp_replace(lower(coalesce(c.entity_label, c.entity_name)), '[^a-z0-9]+', '_', 'g') = any(${labels}))`;
}

/** Hours from an instant on in which an ad-hoc change may be of one of the objects. */
export async function selectHoursOfObjects(
  sql: Sql,
  asked: ObjectHints & { orgId: string; since: Date },
): Promise<Date[]> {
  const rows = await sql.query<{ hour: Date }>(
    `select distinct date_trunc('hour', c.event_date, 'UTC') as hour from change c
     where c.org_id = $1 and c.event_date >= $2 and c.accountable and (c.planning = 'ad_hoc' or c.bypass) and ${hinted('$3::text[]', '$4::text[]', '$5::text[]')}
     order by hour`,
    [asked.orgId, asked.since, asked.ids, asked.names, asked.labels],
  );
  return rows.map((row) => row.hour);
}

/**
 * Accountable changes in the hours that are ad-hoc and of an object that one of these actors ever changed or that the hints fit, and those that are
 * marked, each with the one before it of the same object. Requires hours in order, at least one.
 */
export async function selectChangedObjects(
  sql: Sql,
  asked: { orgId: string; hours: readonly Date[]; actorIds: readonly string[]; declared: ObjectHints },
): Promise<ChangedObject[]> {
  const { orgId, hours, actorIds, declared } = asked;
  return sql.query<ChangedObject>(
    `with theirs as (
       select distinct entity_id from change where org_id = $1 and actor_id = any($5) and accountable and entity_id is not null
     )
     select c.id as "changeId", c.event_date as "eventDate", c.actor_kind as "actorKind", c.actor_id as "actorId", c.client_id as "clientId",
       c.entity_id as "entityId", c.entity_type as "entityType", array_remove(array[c.entity_name, c.entity_label], null) as "entityNames",
       c.planning, c.bypass, p.before
     from change c left join lateral (
       select jsonb_build_object('kind', b.actor_kind, 'actorId', b.actor_id, 'clientId', b.client_id) as before from change b
       where b.org_id = c.org_id and b.entity_id = c.entity_id and b.accountable
         and b.event_date <= c.event_date and (b.event_date, b.id) < (c.event_date, c.id)
       order by b.event_date desc, b.id desc limit 1
     ) p on true
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3::timestamptz + interval '1 hour'
       and date_trunc('hour', c.event_date, 'UTC') = any($4::timestamptz[]) and c.accountable
       and (c.bypass or (c.planning = 'ad_hoc' and (c.entity_id in (select entity_id from theirs) or ${hinted('$6::text[]', '$7::text[]', '$8::text[]')})))
       -- Every change is born ad-hoc: before its ticket was looked up that says nothing.
       and (c.citable_text is null or c.link_checked_at is not null)`,
    [orgId, hours[0], hours.at(-1), hours, actorIds, declared.ids, declared.names, declared.labels],
  );
}

/** Writes the mark of changes where it is another than the stored one; how many it was. */
export async function updateBypass(sql: Sql, orgId: string, marks: readonly BypassMark[]): Promise<number> {
  const rows = await sql.query(
    `update change c set bypass = m.bypass from unnest($2::timestamptz[], $3::text[], $4::boolean[]) as m (event_date, id, bypass)
     where c.org_id = $1 and c.event_date = m.event_date and c.id = m.id and c.bypass <> m.bypass returning c.id`,
    [
      orgId,
      marks.map((mark) => mark.eventDate),
      marks.map((mark) => mark.changeId),
      marks.map((mark) => mark.bypass),
    ],
  );
  return rows.length;
}

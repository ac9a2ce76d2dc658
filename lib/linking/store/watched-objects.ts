import type { NamedObject } from '@/lib/connectors/model/moved-ticket';
import type { Sql } from '@/lib/db/sql';
import type { ChangePlace } from './changes-to-link';

/** Changes that name no reason: what cites something that was not looked up yet is not among them. */
const NO_CLAIM = `linkage = 'unlinked' and coalesce(linkage_reason, '') <> 'not_evaluated'`;

/** The next objects whose changes have still to be held against configuration items, in order of id, after `after`. */
export async function dueObjects(
  sql: Sql,
  asked: { readonly orgId: string; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ object_id: string }>(
    'select object_id from object_watch where org_id = $1 and due and object_id > $2 order by object_id limit $3',
    [asked.orgId, asked.after, asked.limit],
  );
  return rows.map((row) => row.object_id);
}

/** Those of the objects that have unlinked accountable changes from the instant on, with their names and when they were changed. */
export async function unclaimedObjects(
  sql: Sql,
  asked: { readonly orgId: string; readonly objectIds: readonly string[]; readonly from: Date },
): Promise<NamedObject[]> {
  return sql.query<NamedObject>(
    `select entity_id as id, min(event_date) as "from", max(event_date) as "to",
       array_remove(array_agg(distinct nullif(entity_name, '')) || array_agg(distinct nullif(entity_label, '')), null) as names
     from change
     where entity_id = any($2) and event_date >= $3 and org_id = $1 and accountable and ${NO_CLAIM}
     group by entity_id order by entity_id`,
    [asked.orgId, asked.objectIds, asked.from],
  );
}

/** The next unlinked accountable changes of an object from the instant on, in order, after `after`. */
export async function unclaimedChanges(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly objectId: string;
    readonly from: Date;
    readonly after: ChangePlace | null;
    readonly limit: number;
  },
): Promise<ChangePlace[]> {
  const { orgId, objectId, from, after, limit } = asked;
  return sql.query<ChangePlace>(
    `select event_date as "eventDate", id from change
     where entity_id = $2 and event_date >= $3 and org_id = $1 and accountable and ${NO_CLAIM}
       and ($4::timestamptz is null or (event_date, id) > ($4, $5))
     order by event_date, id limit $6`,
    [orgId, objectId, from, after?.eventDate ?? null, after?.id ?? '', limit],
  );
}

/** Takes the objects off the list: they were looked up. One that is changed again is due again. */
export async function lookedUpObjects(
  sql: Sql,
  done: { readonly orgId: string; readonly objectIds: readonly string[]; readonly at: Date },
): Promise<void> {
  await sql.query(
    `update object_watch o set due = false, looked_up_at = $3 from (
       select object_id from object_watch where org_id = $1 and object_id = any($2) order by object_id for no key update
     ) held where o.org_id = $1 and o.object_id = held.object_id`,
    [done.orgId, done.objectIds, done.at],
  );
}

/** Makes objects due that have unlinked accountable changes from the instant on: change requests are written late, too. */
export async function objectsDueAgain(sql: Sql, orgId: string, from: Date): Promise<number> {
  const rows = await sql.query(
    `insert into object_watch as o (org_id, object_id)
     select distinct $1::uuid, entity_id from change
     where org_id = $1 and event_date >= $2 and accountable and ${NO_CLAIM} and entity_id is not null
     order by 2
     on conflict (org_id, object_id) do update set due = true where not o.due
     returning 1 as one`,
    [orgId, from],
  );
  return rows.length;
}

/** Makes those of the objects due again that are watched: a change request that names them moved. */
export async function namedObjectsDue(sql: Sql, orgId: string, objectIds: readonly string[]): Promise<void> {
  if (objectIds.length === 0) return;
  await sql.query(
    `update object_watch o set due = true from (
       select object_id from object_watch where org_id = $1 and object_id = any($2) and not due order by object_id for no key update
     ) held where o.org_id = $1 and o.object_id = held.object_id`,
    [orgId, objectIds],
  );
}

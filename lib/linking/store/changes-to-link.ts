import type { Sql } from '@/lib/db/sql';
import type { ActorKind } from '@/lib/kernel/words';

/** A change as far as linking reads it. */
export type ChangeToLink = {
  readonly id: string;
  readonly eventDate: Date;
  readonly entityId: string | null;
  readonly entityType: string;
  readonly entityNames: readonly string[];
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly actorKind: ActorKind;
  readonly citableText: string;
  /** Whether it was judged before. */
  readonly judged: boolean;
};

/** Place in the order of event time and id. */
export type ChangePlace = { readonly eventDate: Date; readonly id: string };

type Row = {
  id: string;
  event_date: Date;
  entity_id: string | null;
  entity_type: string;
  entity_name: string | null;
  entity_label: string | null;
  actor_id: string | null;
  client_id: string | null;
  actor_kind: ActorKind;
  citable_text: string | null;
  judged: boolean;
};

const COLUMNS =
  'id, event_date, entity_id, entity_type, entity_name, entity_label, actor_id, client_id, actor_kind, citable_text, link_checked_at is not null as judged';

/** The next changes of the work list: accountable, with text that may cite something, never checked. In order, after `after`. */
export async function readWorkList(
  sql: Sql,
  asked: { orgId: string; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  const { orgId, after, limit } = asked;
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from change
     where org_id = $1 and accountable and citable_text is not null and link_checked_at is null
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit],
  );
  return rows.map(changeOf);
}

/** The next changes whose citations could not be looked up, last tried at or before `triedBefore`. In order, after `after`. */
export async function readNotEvaluated(
  sql: Sql,
  asked: { orgId: string; after: ChangePlace | null; limit: number; triedBefore: Date },
): Promise<ChangeToLink[]> {
  const { orgId, after, limit, triedBefore } = asked;
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from change
     where org_id = $1 and linkage_reason = 'not_evaluated' and accountable and link_checked_at <= $5
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit, triedBefore],
  );
  return rows.map(changeOf);
}

/** The next changes checked before that are not linked, from the instant on: what a late ticket could still mend. What cites nothing and has nothing attached was never checked. */
export async function readUnlinked(
  sql: Sql,
  asked: { orgId: string; from: Date; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  const { orgId, from, after, limit } = asked;
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from change
     where org_id = $1 and event_date >= $5 and accountable and link_checked_at is not null and linkage <> 'linked'
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit, from],
  );
  return rows.map(changeOf);
}

/** These changes, whatever stands in the way of judging them otherwise, in order. */
export async function readChangesById(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<ChangeToLink[]> {
  const rows = await sql.query<Row>(
    `select ${COLUMNS.replaceAll(/\b(id|event_date|entity_\w+|actor_\w+|client_id|citable_text|link_checked_at)\b/g, 'c.$1')}
     from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id
     where r.org_id = $1 and r.source_id = any ($2::text[]) order by c.event_date, c.id`,
    [orgId, ids],
  );
  return rows.map(changeOf);
}

function changeOf(row: Row): ChangeToLink {
  const names = [row.entity_name, row.entity_label].filter((name) => name !== null && name !== '');
  return {
    id: row.id,
    eventDate: row.event_date,
    entityId: row.entity_id,
    entityType: row.entity_type,
    entityNames: [...new Set(names)].filter((name) => name !== null),
    actorId: row.actor_id,
    clientId: row.client_id,
    actorKind: row.actor_kind,
    citableText: row.citable_text ?? '',
    judged: row.judged,
  };
}

import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Linkage, Planning } from '@/lib/kernel/words';
import type { CitationKind } from '../model/citation';

/** A change as far as linking reads it. */
export type ChangeToLink = {
  readonly id: string;
  readonly eventDate: Date;
  readonly entityId: string | null;
  readonly entityType: string;
  readonly service: string;
  /** The division the target lay in; null where it is not known. */
  readonly divisionId: string | null;
  readonly entityNames: readonly string[];
  readonly actorId: string | null;
  readonly clientId: string | null;
  readonly actorKind: ActorKind;
  /** Empty where the change carries no text that could cite anything. */
  readonly citableText: string;
  /** Whether it was judged before. */
  readonly judged: boolean;
  /** What its row says now. */
  readonly stands: { readonly linkage: Linkage; readonly planning: Planning; readonly reason: string | null };
};

/** Place in the order of event time and id. */
export type ChangePlace = { readonly eventDate: Date; readonly id: string };

export type ChangeRow = {
  id: string;
  event_date: Date;
  entity_id: string | null;
  entity_type: string;
  service: string;
  division_id: string | null;
  entity_name: string | null;
  entity_label: string | null;
  actor_id: string | null;
  client_id: string | null;
  actor_kind: ActorKind;
  citable_text: string | null;
  judged: boolean;
  linkage: Linkage;
  planning: Planning;
  linkage_reason: string | null;
};

const NAMES =
  'id event_date entity_id entity_type service division_id entity_name entity_label actor_id client_id actor_kind citable_text linkage planning linkage_reason'.split(
    ' ',
  );
const columnsOf = (table: string): string =>
  [...NAMES.map((name) => `${table}.${name}`), `${table}.link_checked_at is not null as judged`].join(', ');
/** What linking reads of a change. */
export const CHANGE_COLUMNS = columnsOf('change');

/** Each place by its key, one after the other: a join could be planned as a scan of all changes for every batch. */
const AT_PLACES = `from unnest($2::timestamptz[], $3::text[]) as p (event_date, id)
     cross join lateral (select * from change where event_date = p.event_date and id = p.id and org_id = $1 limit 1) c`;

/** The next changes of the work list: accountable, with text that may cite something, never checked. In order, after `after`. */
export async function readWorkList(
  sql: Sql,
  asked: { orgId: string; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  const { orgId, after, limit } = asked;
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
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
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
     where org_id = $1 and linkage_reason = 'not_evaluated' and accountable and citable_text is not null and link_checked_at <= $5
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit, triedBefore],
  );
  return rows.map(changeOf);
}

/** The next changes checked before that are not linked, from the instant on: what a late ticket could still mend. */
export async function readUnlinked(
  sql: Sql,
  asked: { orgId: string; from: Date; after: ChangePlace | null; limit: number },
): Promise<ChangeToLink[]> {
  const { orgId, from, after, limit } = asked;
  const rows = await sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change
     where org_id = $1 and event_date >= $5 and accountable and citable_text is not null and link_checked_at is not null and linkage <> 'linked'
       and ($2::timestamptz is null or (event_date, id) > ($2, $3))
     order by event_date, id limit $4`,
    [orgId, after?.eventDate ?? null, after?.id ?? '', limit, from],
  );
  return rows.map(changeOf);
}

/**
 * The next changes that cite a ticket or commit and were judged before, in order, after `after`. What was never judged is on the
 * work list and sees the ticket as it is now anyway.
 */
export async function readCiting(
  sql: Sql,
  asked: {
    orgId: string;
    kind: CitationKind;
    reference: string;
    after: ChangePlace | null;
    limit: number;
  },
): Promise<{ readonly changes: ChangeToLink[]; readonly last: ChangePlace | null }> {
  const { orgId, kind, reference, after, limit } = asked;
  // The places first: read in the order of their index, however many changes there are.
  const places = await sql.query<{ event_date: Date; change_id: string }>(
    `select event_date, change_id from change_citation
     where org_id = $1 and kind = $2 and reference = $3 and ($4::timestamptz is null or (event_date, change_id) > ($4, $5))
     order by event_date, change_id limit $6`,
    [orgId, kind, reference, after?.eventDate ?? null, after?.id ?? '', limit],
  );
  const last = places.at(-1);
  if (last === undefined) return { changes: [], last: null };
  const rows = await sql.query<ChangeRow>(
    `select ${columnsOf('c')} ${AT_PLACES} where c.accountable and (c.link_checked_at is not null or c.citable_text is null)
     order by c.event_date, c.id`,
    [orgId, places.map((place) => place.event_date), places.map((place) => place.change_id)],
  );
  return { changes: rows.map(changeOf), last: { eventDate: last.event_date, id: last.change_id } };
}

/** The changes of these places that are accountable, judged or not. */
export async function readPlaces(
  sql: Sql,
  orgId: string,
  places: readonly ChangePlace[],
): Promise<ChangeToLink[]> {
  if (places.length === 0) return [];
  const rows = await sql.query<ChangeRow>(
    `select ${columnsOf('c')} ${AT_PLACES} where c.accountable order by c.event_date, c.id`,
    [orgId, places.map((place) => place.eventDate), places.map((place) => place.id)],
  );
  return rows.map(changeOf);
}

/** A row as linking reads it. */
export function changeOf(row: ChangeRow): ChangeToLink {
  const names = [row.entity_name, row.entity_label].filter((name) => name !== null && name !== '');
  return {
    id: row.id,
    eventDate: row.event_date,
    entityId: row.entity_id,
    entityType: row.entity_type,
    service: row.service,
    divisionId: row.division_id,
    entityNames: [...new Set(names)].filter((name) => name !== null),
    actorId: row.actor_id,
    clientId: row.client_id,
    actorKind: row.actor_kind,
    citableText: row.citable_text ?? '',
    judged: row.judged,
    stands: { linkage: row.linkage, planning: row.planning, reason: row.linkage_reason },
  };
}

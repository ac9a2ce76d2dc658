import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Exclusion, Linkage, Planning, Source } from '@/lib/kernel/words';
import type { PropertyChange } from '../../model/record/change';
import type { KeptName } from '../../model/record/enrich';
import { likePattern, MAX_SEARCH_HITS, type SearchHits, type Where } from './change-filter';

/** A change as it is read for screens. */
export type ChangeRow = {
  readonly id: string;
  readonly orgId: string;
  readonly eventDate: Date;
  readonly receivedAt: Date;
  readonly source: Source;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly level: string;
  readonly status: string | null;
  readonly actorKind: ActorKind;
  readonly actorId: string | null;
  readonly actorName: string | null;
  readonly actorLabel: string | null;
  readonly clientId: string | null;
  readonly entityId: string | null;
  readonly entityName: string | null;
  readonly entityLabel: string | null;
  readonly remoteIp: readonly string[];
  readonly accountable: boolean;
  readonly excludedReason: Exclusion | null;
  readonly provisional: boolean;
  readonly risk: number;
  readonly riskReasons: readonly string[];
  readonly linkage: Linkage;
  readonly linkageReason: string | null;
  readonly planning: Planning;
  readonly sessionId: string | null;
  readonly propertyChanges: readonly PropertyChange[];
  readonly names: Readonly<Record<string, KeptName>>;
};

/** What the detail shows beyond the list. */
export type ChangeDetailRow = ChangeRow & {
  readonly message: string | null;
  readonly context: Readonly<Record<string, string>>;
  readonly application: string | null;
  readonly transactionId: string | null;
  readonly correlationId: string | null;
  readonly entityChanges: readonly unknown[] | null;
  readonly unknownFields: readonly string[];
  readonly normaliserVersion: number;
  readonly riskRules: readonly string[];
};

/** Columns of `change c` in the shape of a row. */
export const CHANGE_COLUMNS = `c.id, c.org_id as "orgId", c.event_date as "eventDate", c.received_at as "receivedAt", c.source, c.service, c.entity_type as "entityType", c.action,
  c.level, c.status, c.actor_kind as "actorKind", c.actor_id as "actorId", c.actor_name as "actorName", c.actor_label as "actorLabel", c.client_id as "clientId",
  c.entity_id as "entityId", c.entity_name as "entityName", c.entity_label as "entityLabel", c.remote_ip as "remoteIp", c.accountable,
  c.excluded_reason as "excludedReason", c.confirmed_at is null as provisional, c.risk, c.risk_reasons as "riskReasons", c.linkage, c.linkage_reason as "linkageReason",
  c.planning, c.session_id as "sessionId", c.property_changes as "propertyChanges", c.names`;
const DETAIL = `${CHANGE_COLUMNS}, c.message, c.context, c.application, c.transaction_id as "transactionId", c.correlation_id as "correlationId",
  c.entity_changes as "entityChanges", c.unknown_fields as "unknownFields", c.normaliser_version as "normaliserVersion",
  c.risk_rules as "riskRules"`;

export type ListKey = { readonly eventDate: string; readonly id: string };

/** One page of changes by keyset: after `after`, in event time, newest or oldest first. */
export async function listChanges(
  sql: Sql,
  where: Where,
  page: { readonly after: ListKey | null; readonly sort: 'newest' | 'oldest'; readonly limit: number },
): Promise<ChangeRow[]> {
  const { text, values } = listStatement(where, page);
  return sql.query<ChangeRow>(text, values);
}

/** The list's statement, for running and for explaining it. */
export function listStatement(
  where: Where,
  page: { readonly after: ListKey | null; readonly sort: 'newest' | 'oldest'; readonly limit: number },
): { readonly text: string; readonly values: readonly unknown[] } {
  const values = [...where.values];
  let key = '';
  if (page.after !== null) {
    const at = `$${values.push(page.after.eventDate)}::timestamptz`;
    const id = `$${values.push(page.after.id)}`;
    // The bound on the date alone is what prunes partitions.
    key =
      page.sort === 'newest'
        ? ` and c.event_date <= ${at} and (c.event_date, c.id) < (${at}, ${id})`
        : ` and c.event_date >= ${at} and (c.event_date, c.id) > (${at}, ${id})`;
  }
  const direction = page.sort === 'newest' ? 'desc' : 'asc';
  const end = `order by c.event_date ${direction}, c.id ${direction} limit $${values.push(page.limit)}`;
  const { search } = where;
  if (search === undefined || search.ways.length === 0)
    return { text: `select ${CHANGE_COLUMNS} from change c where ${where.sql}${key} ${end}`, values };
  // Each way by its own index, in the list's order and no further than the page: one `or` over all of them would read every change.
  const ways = search.ways.map((way) => {
    const rows = `select c.event_date, c.id, c.org_id from change c where ${search.rest} and ${way.sql}${key} ${end}`;
    return way.ids === null ? `(${rows})` : `(select x.* from ${way.ids} cross join lateral (${rows}) x)`;
  });
  const text = `select ${CHANGE_COLUMNS} from (${ways.join(' union ')}) f join change c on c.event_date = f.event_date and c.id = f.id and c.org_id = f.org_id ${end}`;
  return { text, values };
}

/** One change by the platform's id, or null when this connection sees none. */
export async function changeById(
  sql: Sql,
  orgIds: readonly string[],
  id: string,
): Promise<ChangeDetailRow | null> {
  const rows = await sql.query<ChangeDetailRow>(
    `select ${DETAIL} from raw_event r join change c on c.event_date = r.event_date and c.id = r.source_id and c.org_id = r.org_id
     where r.org_id = any ($1::uuid[]) and r.source_id = $2 limit 1`,
    [orgIds, id],
  );
  return rows[0] ?? null;
}

/** Ids whose names hold the text; requires the viewer's settings. */
export async function searchNames(sql: Sql, q: string): Promise<Omit<SearchHits, 'session'>> {
  const rows = await sql.query<{ kind: string; id: string }>(
    'select kind, id from tally.search_entity_dim($1, $2)',
    [likePattern(q), MAX_SEARCH_HITS + 1],
  );
  const own = await sql.query<{ at: Date }>(
    `select event_date as at from raw_event where org_id = any (string_to_array(current_setting('app.org_ids', true), ',')::uuid[]) and source_id = $1`,
    [q],
  );
  return {
    entityIds: rows.filter((row) => row.kind !== 'actor').map((row) => row.id),
    actorIds: rows.filter((row) => row.kind === 'actor').map((row) => row.id),
    tooMany: rows.length > MAX_SEARCH_HITS,
    changesAt: own.map((row) => row.at),
  };
}

/** Leaf hashes of changes' raw events, hex, by id. */
export async function leafHashes(
  sql: Sql,
  rows: readonly Pick<ChangeRow, 'orgId' | 'id'>[],
): Promise<Map<string, string>> {
  const found = await sql.query<{ id: string; hash: string }>(
    `select r.source_id as id, encode(r.leaf_hash, 'hex') as hash from raw_event r where r.org_id = any ($1::uuid[]) and r.source_id = any ($2::text[])`,
    [[...new Set(rows.map((row) => row.orgId))], rows.map((row) => row.id)],
  );
  return new Map(found.map((row) => [row.id, row.hash]));
}

/** Changes that belong to the same act: one transaction, else one correlation, else the same target within five minutes. */
export async function relatedChanges(sql: Sql, change: ChangeDetailRow, limit: number): Promise<ChangeRow[]> {
  const span = `c.event_date between $2::timestamptz - interval '10 minutes' and $2::timestamptz + interval '10 minutes'`;
  const [column, value] =
    change.transactionId !== null
      ? ['c.transaction_id', change.transactionId]
      : change.correlationId !== null
        ? ['c.correlation_id', change.correlationId]
        : ['c.entity_id', change.entityId];
  if (value === null) return [];
  const bound =
    change.transactionId !== null
      ? `c.event_date between $2::timestamptz - interval '1 day' and $2::timestamptz + interval '1 day'`
      : span;
  return sql.query<ChangeRow>(
    `select ${CHANGE_COLUMNS} from change c where c.org_id = $1 and ${bound} and ${column} = $3 and c.id <> $4 order by c.event_date, c.id limit $5`,
    [change.orgId, change.eventDate, value, change.id, limit],
  );
}

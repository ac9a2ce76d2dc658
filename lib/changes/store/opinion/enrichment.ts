import type { Sql } from '@/lib/db/sql';
import type { ActorKind, Exclusion } from '@/lib/kernel/words';
import type { NormalisedChange, PropertyChange } from '../../model/record/change';
import type { Enrichment } from '../../model/record/enrich';
import { NEW_ADDRESS_RULE } from '../../model/risk/assess-risk';

/** A change whose opinions are to be made again, and what only the database can tell about it. */
export type Reconsidered = {
  readonly change: NormalisedChange;
  readonly actorKind: ActorKind;
  readonly excludedReason: Exclusion | null;
  readonly accountable: boolean;
  /** Excused as noise of the platform, not by a person's decision about this change: never judged by linking since. */
  readonly excusedAsNoise: boolean;
  /** When the record was read. */
  readonly receivedAt: Date;
  readonly newAddress: boolean;
  /** A USER record stands behind it: same transaction, same correlation, or same target within a minute. */
  readonly explained: boolean;
};

export type Cursor = { readonly eventDate: Date; readonly id: string };

/** A change as it is read to be judged again. */
export type ReconsideredRow = {
  id: string;
  event_date: Date;
  service: string;
  entity_type: string;
  action: string;
  level: string;
  actor_id: string | null;
  actor_name: string | null;
  user_id: string | null;
  client_id: string | null;
  user_home_org_id: string | null;
  entity_id: string | null;
  entity_name: string | null;
  remote_ip: string[];
  application: string | null;
  message: string | null;
  context: Record<string, string>;
  property_changes: PropertyChange[];
  citable_text: string | null;
  correlation_id: string | null;
  status: string | null;
  transaction_id: string | null;
  transaction_initiator: boolean | null;
  entity_changes: unknown[] | null;
  unknown_fields: string[];
  actor_kind: ActorKind;
  excluded_reason: Exclusion | null;
  accountable: boolean;
  confirmed: boolean;
  received_at: Date;
  as_noise: boolean;
  new_address: boolean;
  explained: boolean;
};

const NEW_ADDRESS_SQL = `(c.actor_kind = 'person' and exists (
  select 1 from actor_address a where a.org_id = c.org_id and a.actor_id = c.actor_id and a.ip = c.remote_ip[1] and a.first_seen_at = c.event_date
    and exists (select 1 from actor_address b where b.org_id = a.org_id and b.actor_id = a.actor_id and b.first_seen_at < a.first_seen_at)))`;

const AS_NOISE_SQL = `(c.excluded_reason is not distinct from 'excused' and c.link_checked_at is null)`;

/** The change is marked as judged by the rule about new addresses, whatever its version. */
const MARKED_NEW_SQL = `exists (select from unnest(c.risk_rules) mark where starts_with(mark, '${NEW_ADDRESS_RULE}@'))`;

const EXPLAINED_SQL = `(c.level = 'SYSTEM' and c.actor_kind = 'unknown' and (
  exists (select 1 from change u where u.org_id = c.org_id and u.transaction_id = c.transaction_id and u.level = 'USER')
  or exists (select 1 from change u where u.org_id = c.org_id and u.correlation_id = c.correlation_id and u.level = 'USER'
    and u.event_date between c.event_date - interval '10 minutes' and c.event_date + interval '10 minutes')
  or exists (select 1 from change u where u.org_id = c.org_id and u.entity_id = c.entity_id and u.level = 'USER' and u.accountable
    and u.event_date between c.event_date - interval '1 minute' and c.event_date + interval '1 minute')))`;

/** Columns of `change c` in the shape of `ReconsideredRow`. */
export const RECONSIDERED_COLUMNS = `c.id, c.event_date, c.service, c.entity_type, c.action, c.level, c.actor_id, c.actor_name, c.user_id, c.client_id, c.user_home_org_id, c.entity_id,
       c.entity_name, c.remote_ip, c.application, c.message, c.context, c.property_changes, c.citable_text, c.correlation_id, c.status, c.transaction_id,
       c.transaction_initiator, c.entity_changes, c.unknown_fields, c.actor_kind, c.excluded_reason, c.accountable, c.confirmed_at is not null as confirmed,
       c.received_at, ${AS_NOISE_SQL} as as_noise,
       ${NEW_ADDRESS_SQL} as new_address, ${EXPLAINED_SQL} as explained`;

/**
 * Changes of the interval, oldest first after `after`, whose opinions may have to be other: names missing, a person who is a
 * known client, an address that is new or no longer, a grant that is explained by now, and from `noiseFrom` on all that may be
 * excused as noise or no longer. With `all`, every change.
 */
export async function changesToReconsider(
  sql: Sql,
  asked: {
    readonly orgId: string;
    readonly from: Date;
    readonly to: Date;
    readonly clientIds: readonly string[];
    readonly all: boolean;
    readonly noiseFrom: Date | null;
    /** Changes that name one of these are taken, too. */
    readonly naming: readonly string[];
    readonly after: Cursor | null;
    readonly limit: number;
  },
): Promise<Reconsidered[]> {
  const rows = await sql.query<ReconsideredRow>(
    `select ${RECONSIDERED_COLUMNS}
     from change c
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3 and (c.event_date, c.id) > ($4, $5)
       and ($6 or c.names_pending or (c.actor_kind = 'person' and c.user_id = any ($7::text[]))
         or (c.actor_kind = 'person' and ${MARKED_NEW_SQL} <> ${NEW_ADDRESS_SQL}) or ${EXPLAINED_SQL}
         or (c.event_date >= $9::timestamptz and (c.accountable or ${AS_NOISE_SQL}))
         or (cardinality($10::text[]) > 0 and c.names ?| $10::text[]))
     order by c.event_date, c.id limit $8`,
    [
      asked.orgId,
      asked.from,
      asked.to,
      asked.after?.eventDate ?? new Date(0),
      asked.after?.id ?? '',
      asked.all,
      asked.clientIds,
      asked.limit,
      asked.noiseFrom,
      asked.naming,
    ],
  );
  return rows.map(toReconsidered);
}

/** The row as what is judged again. */
export function toReconsidered(row: ReconsideredRow): Reconsidered {
  return {
    change: toChange(row),
    actorKind: row.actor_kind,
    excludedReason: row.excluded_reason,
    accountable: row.accountable,
    excusedAsNoise: row.as_noise,
    receivedAt: row.received_at,
    newAddress: row.new_address,
    explained: row.explained,
  };
}

export type Enriched = {
  readonly change: NormalisedChange;
  readonly actorKind: ActorKind;
  readonly enrichment: Enrichment;
  /** Why the change was out of the rate when it was read, and why it is now. */
  readonly excludedBefore: Exclusion | null;
  readonly excluded: Exclusion | null;
};

/**
 * Keeps new opinions; rows that would stay the same are not touched. A change that is excused loses its linkage, one that no
 * longer is waits to be judged; one that somebody else excluded meanwhile stays so. Returns how many changed.
 */
export async function saveEnrichment(
  sql: Sql,
  orgId: string,
  rows: readonly Enriched[],
  at: Date,
): Promise<number> {
  if (rows.length === 0) return 0;
  const changed = await sql.query(
    `with made as (
       select * from json_to_recordset($2) as x (id text, event_date timestamptz, actor_kind text, actor_label text, entity_label text, names jsonb,
         names_pending boolean, division_id text, team text, risk smallint, risk_reasons text[], risk_rules text[], before text, excluded text)
     ), held as (
       select c.event_date, c.id, m.before is distinct from m.excluded and c.excluded_reason is not distinct from m.before as turns
       from change c join made m on c.event_date = m.event_date and c.id = m.id and c.org_id = $1
       where (c.actor_kind, c.actor_label, c.entity_label, c.names, c.names_pending, c.division_id, c.team, c.risk, c.risk_reasons, c.risk_rules)
         is distinct from (m.actor_kind, m.actor_label, m.entity_label, m.names, m.names_pending, m.division_id, m.team, m.risk, m.risk_reasons, m.risk_rules)
         or (m.before is distinct from m.excluded and c.excluded_reason is not distinct from m.before)
       order by c.event_date, c.id for no key update of c
     )
     update change c set actor_kind = m.actor_kind, actor_label = m.actor_label, entity_label = m.entity_label, names = m.names, names_pending = m.names_pending,
       division_id = m.division_id, team = m.team, risk = m.risk, risk_reasons = m.risk_reasons, risk_rules = m.risk_rules, enriched_at = $3,
       accountable = case when h.turns then m.excluded is null else c.accountable end,
       excluded_reason = case when h.turns then m.excluded else c.excluded_reason end,
       linkage = case when not h.turns then c.linkage when m.excluded is null then 'unlinked' else 'not_applicable' end,
       planning = case when not h.turns then c.planning when m.excluded is null then 'ad_hoc' else 'not_applicable' end,
       linkage_reason = case when h.turns then null else c.linkage_reason end,
       link_checked_at = case when h.turns then null else c.link_checked_at end
     from made m join held h on h.event_date = m.event_date and h.id = m.id
     where c.org_id = $1 and c.event_date = m.event_date and c.id = m.id
     returning c.id`,
    [
      orgId,
      JSON.stringify(
        rows.map(({ change, actorKind, enrichment, excludedBefore, excluded }) => ({
          id: change.id,
          event_date: change.eventDate,
          actor_kind: actorKind,
          actor_label: enrichment.actorLabel,
          entity_label: enrichment.entityLabel,
          names: enrichment.names,
          names_pending: enrichment.namesPending,
          division_id: enrichment.divisionId,
          team: enrichment.team,
          risk: enrichment.risk,
          risk_reasons: enrichment.riskReasons,
          risk_rules: enrichment.riskRules,
          before: excludedBefore,
          excluded,
        })),
      ),
      at,
    ],
  );
  return changed.length;
}

function toChange(row: ReconsideredRow): NormalisedChange {
  return {
    id: row.id,
    eventDate: row.event_date,
    service: row.service,
    entityType: row.entity_type,
    action: row.action,
    level: row.level,
    actorId: row.actor_id,
    actorName: row.actor_name,
    userId: row.user_id,
    clientId: row.client_id,
    userHomeOrgId: row.user_home_org_id,
    entityId: row.entity_id,
    entityName: row.entity_name,
    remoteIp: row.remote_ip,
    application: row.application,
    message: row.message,
    context: row.context,
    propertyChanges: row.property_changes,
    citableText: row.citable_text,
    correlationId: row.correlation_id,
    status: row.status,
    transactionId: row.transaction_id,
    transactionInitiator: row.transaction_initiator,
    entityChanges: row.entity_changes,
    unknownFields: row.unknown_fields,
    complete: row.confirmed,
  };
}

import type pg from 'pg';
import { type CopyValue, copyInto, copyRow } from '@/lib/db/copy';
import type { ActorKind } from '@/lib/kernel/words';
import type { Accountability, NormalisedChange } from '../../model/record/change';
import type { Enrichment } from '../../model/record/enrich';

/** Ways a record reaches us as bytes. */
export type Path = 'push' | 'pull' | 'realtime' | 'file';

/** One record, ready to be written: where its bytes lie, what they say, and what is held of it. */
export type StagedRecord = {
  readonly change: NormalisedChange;
  readonly path: Path;
  readonly pageId: string;
  readonly offset: number;
  readonly length: number;
  readonly sha256: Buffer;
  readonly receivedAt: Date;
  readonly normaliserVersion: number;
  readonly salt: Buffer;
  readonly leafHash: Buffer;
  readonly sightingSalt: Buffer;
  readonly sightingLeafHash: Buffer;
  readonly actorKind: ActorKind;
  readonly accountability: Accountability;
  readonly enrichment: Enrichment;
  readonly enrichedAt: Date;
};

/** What only the stage has, for raw_event and sighting. */
const RAW_COLUMNS: readonly (readonly [string, string])[] = [
  ['page_id', 'text'],
  ['byte_offset', 'integer'],
  ['byte_length', 'integer'],
  ['sha256', 'bytea'],
  ['salt', 'bytea'],
  ['leaf_hash', 'bytea'],
  ['sighting_salt', 'bytea'],
  ['sighting_leaf_hash', 'bytea'],
];

/** Columns of `change` in the order of `changeValues`. */
const CHANGE_COLUMNS: readonly (readonly [string, string])[] = [
  ['org_id', 'uuid'],
  ['id', 'text collate "C"'],
  ['event_date', 'timestamptz(3)'],
  ['received_at', 'timestamptz(3)'],
  ['source', 'text'],
  ['service', 'text collate "C"'],
  ['entity_type', 'text collate "C"'],
  ['action', 'text collate "C"'],
  ['level', 'text'],
  ['actor_id', 'text'],
  ['actor_name', 'text'],
  ['user_id', 'text'],
  ['client_id', 'text'],
  ['user_home_org_id', 'text'],
  ['entity_id', 'text'],
  ['entity_name', 'text'],
  ['remote_ip', 'text[]'],
  ['application', 'text'],
  ['message', 'text'],
  ['context', 'jsonb'],
  ['property_changes', 'jsonb'],
  ['citable_text', 'text'],
  ['correlation_id', 'text'],
  ['unknown_fields', 'text[]'],
  ['normaliser_version', 'integer'],
  ['status', 'text'],
  ['transaction_id', 'text'],
  ['transaction_initiator', 'boolean'],
  ['entity_changes', 'jsonb'],
  ['confirmed_at', 'timestamptz(3)'],
  ['actor_kind', 'text'],
  ['accountable', 'boolean'],
  ['excluded_reason', 'text'],
  ['actor_label', 'text'],
  ['entity_label', 'text'],
  ['names', 'jsonb'],
  ['names_pending', 'boolean'],
  ['division_id', 'text'],
  ['team', 'text'],
  ['risk', 'smallint'],
  ['risk_reasons', 'text[]'],
  ['risk_rules', 'text[]'],
  ['linkage', 'text'],
  ['planning', 'text'],
  ['enriched_at', 'timestamptz(3)'],
];

const ALL = [...CHANGE_COLUMNS, ...RAW_COLUMNS];
const CHANGE_NAMES = CHANGE_COLUMNS.map(([name]) => name).join(', ');

/** Copies records into a temporary table of the open transaction. */
export async function stageRecords(
  client: pg.ClientBase,
  orgId: string,
  records: readonly StagedRecord[],
): Promise<void> {
  await client.query(
    `create temp table stage_change (${ALL.map(([name, type]) => `${name} ${type}`).join(', ')}) on commit drop`,
  );
  await copyInto(
    client,
    { table: 'stage_change', columns: ALL.map(([name]) => name) },
    lines(orgId, records),
  );
}

/**
 * Writes what is new of the staged records: the raw event decides, its change follows in the same statement, and every
 * record's sighting is kept. Returns the ids that were known already. Keys go in their order, so that two lanes never wait
 * for each other in a ring.
 */
export async function writeStaged(client: pg.ClientBase): Promise<string[]> {
  const result = await client.query<{ id: string }>(
    `with won as (
       insert into raw_event (org_id, source_id, event_date, first_path, page_id, byte_offset, byte_length, sha256, received_at, salt, leaf_hash)
       select org_id, id, event_date, source, page_id, byte_offset, byte_length, sha256, received_at, salt, leaf_hash
       from stage_change order by id
       on conflict (org_id, source_id) do nothing
       returning source_id
     ), written as (
       insert into change (${CHANGE_NAMES})
       select ${CHANGE_NAMES} from stage_change where id in (select source_id from won) order by event_date, id
     ), seen as (
       insert into sighting (org_id, source_id, path, page_id, byte_offset, byte_length, sha256, received_at, salt, leaf_hash)
       select org_id, id, source, page_id, byte_offset, byte_length, sha256, received_at, sighting_salt, sighting_leaf_hash
       from stage_change order by id
       on conflict (org_id, source_id, path) do nothing
     )
     select s.id from stage_change s left join won w on w.source_id = s.id where w.source_id is null`,
  );
  return result.rows.map((row) => row.id);
}

function* lines(orgId: string, records: readonly StagedRecord[]): Generator<string> {
  for (const record of records) yield copyRow(valuesOf(orgId, record));
}

function valuesOf(orgId: string, record: StagedRecord): CopyValue[] {
  const { change, enrichment, accountability } = record;
  const noted = accountability.accountable ? null : 'not_applicable';
  return [
    orgId,
    change.id,
    change.eventDate,
    record.receivedAt,
    record.path,
    change.service,
    change.entityType,
    change.action,
    change.level,
    change.actorId,
    change.actorName,
    change.userId,
    change.clientId,
    change.userHomeOrgId,
    change.entityId,
    change.entityName,
    change.remoteIp,
    change.application,
    change.message,
    change.context,
    JSON.stringify(change.propertyChanges),
    change.citableText,
    change.correlationId,
    change.unknownFields,
    record.normaliserVersion,
    change.status,
    change.transactionId,
    change.transactionInitiator,
    change.entityChanges === null ? null : JSON.stringify(change.entityChanges),
    record.path !== 'push' && change.complete ? record.receivedAt : null,
    record.actorKind,
    accountability.accountable,
    accountability.excludedReason,
    enrichment.actorLabel,
    enrichment.entityLabel,
    enrichment.names,
    enrichment.namesPending,
    enrichment.divisionId,
    enrichment.team,
    enrichment.risk,
    enrichment.riskReasons,
    enrichment.riskRules,
    noted ?? 'unlinked',
    noted ?? 'ad_hoc',
    record.enrichedAt,
    record.pageId,
    record.offset,
    record.length,
    record.sha256,
    record.salt,
    record.leafHash,
    record.sightingSalt,
    record.sightingLeafHash,
  ];
}

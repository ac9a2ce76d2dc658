import { toIso } from '@/lib/kernel/instant';
import type { ChangeDetailDto, ChangeDto, LinkClaimDto, NameAt, PropertyChangeDto } from '../contract';
import type { KeptName } from '../model/record/enrich';
import { riskOfRank } from '../model/risk/assess-risk';
import { idsIn } from '../model/risk/members';
import { sentenceOf } from '../model/sentence/sentence';
import type { ChangeDetailRow, ChangeRow } from '../store/read/change-rows';

/** A change as lists and the API show it. */
export function changeDto(
  row: ChangeRow,
  more: { readonly links: readonly LinkClaimDto[]; readonly leafHash: string },
): ChangeDto {
  return {
    id: row.id,
    orgId: row.orgId,
    eventDate: toIso(row.eventDate),
    receivedAt: toIso(row.receivedAt),
    source: row.source,
    service: row.service,
    entityType: row.entityType,
    action: row.action,
    level: row.level,
    status: row.status,
    sentence: sentenceOfRow(row),
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorLabel },
    client:
      row.clientId === null
        ? null
        : { id: row.clientId, name: nameIn(row.names, row.clientId)?.name ?? null },
    entity: { id: row.entityId, name: row.entityLabel },
    remoteIp: row.remoteIp,
    risk: { level: riskOfRank(row.risk), reasons: row.riskReasons },
    accountable: row.accountable,
    excludedReason: row.excludedReason,
    provisional: row.provisional,
    linkage: { status: row.linkage, reason: row.linkageReason, links: more.links },
    planning: row.planning,
    sessionId: row.sessionId,
    propertyChanges: row.propertyChanges.map((change) => propertyDto(change, row.names)),
    ledger: { index: null, leafHash: more.leafHash },
  };
}

/** What happened, in words, with the names of that moment. */
export function sentenceOfRow(row: ChangeRow): string {
  return sentenceOf({ ...row, nameOf: (id) => nameIn(row.names, id)?.name ?? null });
}

/** The name of an id as kept with the change; one that is not kept is unresolved. */
export function nameAtOf(row: Pick<ChangeRow, 'names'>, id: string | null): NameAt | null {
  if (id === null) return null;
  const kept = nameIn(row.names, id);
  return kept === null
    ? { id, name: null, from: 'unresolved', knownFrom: null }
    : { id, name: kept.name, from: kept.from, knownFrom: kept.knownFrom };
}

export type DetailParts = Pick<
  ChangeDetailDto,
  'evidence' | 'verdicts' | 'tickets' | 'related' | 'riskRules'
>;

/** One change with everything behind it. */
export function changeDetailDto(row: ChangeDetailRow, list: ChangeDto, parts: DetailParts): ChangeDetailDto {
  return {
    ...list,
    message: row.message,
    context: row.context,
    application: row.application,
    transactionId: row.transactionId,
    correlationId: row.correlationId,
    entityNameAt: nameAtOf(row, row.entityId),
    actorNameAt: nameAtOf(row, row.actorId),
    entityChanges: row.entityChanges ?? [],
    unknownFields: row.unknownFields,
    normaliserVersion: row.normaliserVersion,
    riskReasons: row.riskReasons,
    ...parts,
  };
}

function propertyDto(
  change: ChangeRow['propertyChanges'][number],
  names: ChangeRow['names'],
): PropertyChangeDto {
  return {
    property: change.property,
    oldValues: change.oldValues,
    newValues: change.newValues,
    oldNames: change.oldValues.map((value) => valueName(value, names)),
    newNames: change.newValues.map((value) => valueName(value, names)),
  };
}

/** The name of a value that is an id; null for values that are none. */
function valueName(value: string, names: ChangeRow['names']): NameAt | null {
  const ids = idsIn(value);
  const [id] = ids;
  // A single id, bare or wrapped as in `queueMember:<id>`; a list of ids is no value with one name.
  return id === undefined || ids.length > 1 || value.length > 60
    ? null
    : nameAtOf({ names }, id in names ? id : value.length === id.length ? value : id);
}

function nameIn(names: Readonly<Record<string, KeptName>>, id: string): KeptName | null {
  return Object.hasOwn(names, id) ? (names[id] ?? null) : null;
}

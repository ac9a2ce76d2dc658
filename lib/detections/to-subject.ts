import type { KeptName } from '@/lib/changes/model/record/enrich';
import { riskOfRank } from '@/lib/changes/model/risk/assess-risk';
import { sentenceOf } from '@/lib/changes/model/sentence/sentence';
import type { JudgedRow } from '@/lib/changes/store/read/hour-rows';
import type { ChangeSubject } from './model/subject';

/** A stored change as rules read it. */
export function changeSubject(row: JudgedRow): ChangeSubject {
  const nameOf = nameIn(row.names);
  return {
    id: row.id,
    at: row.eventDate,
    receivedAt: row.receivedAt,
    provisional: row.provisional,
    service: row.service,
    entityType: row.entityType,
    action: row.action,
    level: row.level,
    actor: { kind: row.actorKind, id: row.actorId, name: row.actorLabel },
    client: row.clientId === null ? null : { id: row.clientId, name: nameOf(row.clientId) },
    entity: { id: row.entityId, name: row.entityLabel },
    recordName: row.entityName,
    propertyChanges: row.propertyChanges,
    accountable: row.accountable,
    risk: riskOfRank(row.risk),
    riskReasons: row.riskReasons,
    linkage: row.linkage,
    linkageReason: row.linkageReason,
    planning: row.planning,
    awaitsLinks: row.awaitsLinks,
    bypass: row.bypass,
    divisionId: row.divisionId,
    sessionId: row.sessionId,
    sentence: sentenceOf({ ...row, nameOf }),
    nameOf,
  };
}

function nameIn(names: Readonly<Record<string, KeptName>>): (id: string) => string | null {
  return (id) => (Object.hasOwn(names, id) ? (names[id]?.name ?? null) : null);
}

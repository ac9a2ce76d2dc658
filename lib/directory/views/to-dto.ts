import { toIso } from '@/lib/kernel/instant';
import type { DirectoryItemDto, DirectoryVersionDto, KnownFromDto, SnapshotRunDto } from '../contract';
import { differingMembers, provenanceWords } from '../model/describe-provenance';
import type { KnownVersion } from '../model/fold-events';
import type { NameAt } from '../model/name-at';
import type { Version } from '../model/version';
import type { ListedRun } from '../store/snapshot-runs';

export function knownFromDto(version: Version): KnownFromDto {
  return {
    provenance: version.provenance,
    at: toIso(version.validFrom),
    snapshotId: version.snapshotId,
    changeId: version.changeId,
    words: provenanceWords(version),
  };
}

export function runDto(run: ListedRun): SnapshotRunDto {
  return {
    ...run,
    takenAt: toIso(run.takenAt),
    startedAt: toIso(run.startedAt),
    finishedAt: toIso(run.finishedAt),
  };
}

export function itemDto(version: Version, divisions: ReadonlyMap<string, NameAt>): DirectoryItemDto {
  return {
    kind: version.kind,
    id: version.entityId,
    state: version.state,
    name: version.name,
    divisionId: version.divisionId,
    divisionName: nameIn(divisions, version.divisionId),
    parentId: version.parentId,
    knownFrom: knownFromDto(version),
  };
}

/** Versions newest first, each with its end (the start of the next) and what became different. */
export function versionDtos(
  timeline: readonly KnownVersion[],
  inForce: KnownVersion | null,
  divisions: ReadonlyMap<string, NameAt>,
): readonly DirectoryVersionDto[] {
  return timeline.map((version, index) => {
    const next = timeline[index - 1];
    const before = timeline[index + 1];
    return {
      validFrom: toIso(version.validFrom),
      validTo: next ? toIso(next.validFrom) : null,
      inForce: version === inForce,
      state: version.state,
      name: version.name,
      divisionId: version.divisionId,
      divisionName: nameIn(divisions, version.divisionId),
      knownFrom: knownFromDto(version),
      differs: before ? differingMembers(before.content, version.content) : [],
    };
  });
}

/** Whom or what a row is about: the subject of a grant, the person in a group, else the thing itself. */
export function memberIdOf(version: Version): string {
  const parts = version.entityId.split(':');
  if (version.kind === 'grant') return parts[0] ?? version.entityId;
  if (version.kind === 'group_member') return parts[1] ?? version.entityId;
  return version.entityId;
}

function nameIn(divisions: ReadonlyMap<string, NameAt>, id: string | null): string | null {
  if (id === null) return null;
  return id === '*' ? 'all divisions' : (divisions.get(id)?.name ?? null);
}

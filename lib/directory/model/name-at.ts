import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { compareVersions, type Version, versionAt } from './version';

/**
 * How far back a looked-up name may reach: a fresh record is at most 30 minutes late, is collected with an hour's overlap,
 * and a failed look-up is tried again. Farther back it would be today's name for yesterday's event.
 */
export const LOOKUP_REACH_MS = 2 * HOUR_MS;

export const NAME_SOURCES = [
  'snapshot',
  'earlier_snapshot',
  'create_event',
  'record',
  'platform_lookup',
  'unresolved',
] as const;
export type NameSource = (typeof NAME_SOURCES)[number];

/** A name as it was at an instant, and how we know. */
export type NameAt = {
  readonly id: string;
  /** Null means unresolved; never today's name instead. */
  readonly name: string | null;
  readonly from: NameSource;
  /** ISO instant of the snapshot, audit record or look-up the name is known from. */
  readonly knownFrom: string | null;
  readonly kind: DirectoryKind | null;
  /** The division it lived in at that instant, where the version in force tells. */
  readonly divisionId: string | null;
  readonly snapshotId: string | null;
  readonly changeId: string | null;
};

/** The three versions the rule looks at; null where there is none. */
export type NameCandidates = {
  /** The version in force at the instant. */
  readonly inForce: Version | null;
  /** The newest present version with a name at or before the instant. */
  readonly lastNamed: Version | null;
  /** Where no name is in force: the first looked-up version after the instant and within reach. */
  readonly lookedUp: Version | null;
};

/**
 * The name of an entity at an instant: from the version in force, else the last named one before it, else a look-up made
 * within LOOKUP_REACH_MS after it, else unresolved. A later snapshot never names an earlier event.
 * Source: design 5, "Name at T".
 */
export function nameAt(id: string, candidates: NameCandidates): NameAt {
  const { inForce, lastNamed, lookedUp } = candidates;
  const place = { kind: inForce?.kind ?? null, divisionId: inForce?.divisionId ?? null };
  if (inForce !== null) {
    if (inForce.state === 'present' && inForce.name !== null) return told(id, inForce, 'snapshot', place);
    if (lastNamed !== null) return told(id, lastNamed, 'earlier_snapshot', place);
    if (inForce.name !== null) return told(id, inForce, 'snapshot', place);
  }
  if (lookedUp?.name != null) {
    return told(id, lookedUp, 'snapshot', {
      kind: lookedUp.kind,
      divisionId: place.divisionId ?? lookedUp.divisionId,
    });
  }
  return { id, name: null, from: 'unresolved', knownFrom: null, snapshotId: null, changeId: null, ...place };
}

/** The candidates for one instant out of all versions of one entity, in any order. The store picks the same ones in SQL. */
export function candidatesAt(versions: readonly Version[], at: Date): NameCandidates {
  const ordered = [...versions]
    .sort(compareVersions)
    .map((version, index) => ({ ...version, first: index === 0 }));
  const named = ordered.filter((version) => version.state === 'present' && version.name !== null);
  const reach = addMs(at, LOOKUP_REACH_MS);
  const inForce = versionAt(ordered, at);
  return {
    inForce,
    lastNamed: versionAt(named, at),
    lookedUp:
      inForce?.name != null
        ? null
        : (ordered.find((v) => v.provenance === 'lookup' && v.validFrom > at && v.validFrom <= reach) ??
          null),
  };
}

function told(
  id: string,
  version: Version,
  ifSnapshot: 'snapshot' | 'earlier_snapshot',
  place: Pick<NameAt, 'kind' | 'divisionId'>,
): NameAt {
  const from: NameSource =
    version.provenance === 'snapshot'
      ? ifSnapshot
      : version.provenance === 'lookup'
        ? 'platform_lookup'
        : version.toldBy === 'created'
          ? 'create_event'
          : 'record';
  return {
    id,
    name: version.name,
    from,
    knownFrom: toIso(version.validFrom),
    snapshotId: version.snapshotId,
    changeId: version.changeId,
    ...place,
  };
}

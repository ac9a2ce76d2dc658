import type { DirectoryKind } from '@/lib/kernel/words';

export const PROVENANCES = ['snapshot', 'event', 'lookup'] as const;
/** How a version came to be known: read in a snapshot, told by an audit record, or asked for one id. */
export type Provenance = (typeof PROVENANCES)[number];

/** What an audit record can teach about an entity. */
export const TAUGHT_ACTIONS = ['created', 'renamed', 'deleted'] as const;
export type TaughtAction = (typeof TAUGHT_ACTIONS)[number];

export const ENTITY_STATES = ['present', 'deleted'] as const;
export type EntityState = (typeof ENTITY_STATES)[number];

/** What an entity was from `validFrom` on, until its next version begins (the end is not stored: design, law 4). */
export type Version = {
  readonly kind: DirectoryKind;
  readonly entityId: string;
  readonly validFrom: Date;
  /** Orders versions of one instant. */
  readonly seq: number;
  readonly state: EntityState;
  /** The name, or null where the source gave none. A tombstone keeps the last one known. */
  readonly name: string | null;
  readonly divisionId: string | null;
  /** The role of a grant, the group of a membership. */
  readonly parentId: string | null;
  readonly provenance: Provenance;
  readonly snapshotId: string | null;
  readonly changeId: string | null;
  /** What the audit record told; null for versions of other provenance. */
  readonly toldBy: TaughtAction | null;
};

/** The part of an entity that is compared: when it differs, a new version begins. */
export type Content = {
  readonly divisionId: string | null;
  /** The platform's object without secrets and noise. */
  readonly item: unknown;
  readonly name: string | null;
  readonly parentId: string | null;
  readonly state: EntityState;
};

/** Negative when `a` is older than `b`; versions of one instant are ordered by `seq`. */
export function compareVersions(
  a: Pick<Version, 'validFrom' | 'seq'>,
  b: Pick<Version, 'validFrom' | 'seq'>,
): number {
  return a.validFrom.getTime() - b.validFrom.getTime() || a.seq - b.seq;
}

/** The version of one entity in force at the instant, or null when nothing is known that early. Takes versions in any order. */
export function versionAt<V extends Pick<Version, 'validFrom' | 'seq'>>(
  versions: readonly V[],
  at: Date,
): V | null {
  let found: V | null = null;
  for (const version of versions) {
    if (version.validFrom > at) continue;
    if (found === null || compareVersions(version, found) > 0) found = version;
  }
  return found;
}

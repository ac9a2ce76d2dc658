import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import type { DirectoryKind } from '@/lib/kernel/words';
import { diffSnapshot, nextSeq, type SnapshotOutcome } from './model/diff-snapshot';
import { countPresent } from './store/heads';
import type { Candidate, SnapshotStage } from './store/snapshot-stage';
import { contentOf, type NewVersion } from './store/version-rows';

export type WrittenCounts = {
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly presentAfter: number;
};

/**
 * Writes the versions that a reading begins, within the caller's transaction, and counts them. Without a stage (the kind
 * could not be read) nothing begins. Memory is bounded: candidates come and go in batches.
 */
export async function writeSnapshot(
  sql: Sql,
  stage: SnapshotStage | null,
  snapshot: {
    readonly orgId: string;
    readonly kind: DirectoryKind;
    readonly takenAt: Date;
    readonly outcome: SnapshotOutcome;
    readonly snapshotId: string;
    readonly receivedAt: Date;
  },
): Promise<WrittenCounts> {
  const { orgId, kind, takenAt, outcome, snapshotId, receivedAt } = snapshot;
  const counts = { added: 0, changed: 0, removed: 0 };
  if (stage !== null) {
    await stage.openVersions();
    for await (const candidates of stage.candidates(orgId, kind)) {
      const begun = diffSnapshot(candidates, { takenAt, outcome });
      for (const { verdict } of begun) counts[verdict]++;
      const versions = begun.map(({ pair }) => versionOf(pair, { kind, takenAt, snapshotId }));
      await stage.addVersions(orgId, versions, receivedAt);
    }
    await stage.commitVersions(orgId, takenAt, kind === 'user');
  }
  return { ...counts, presentAfter: await countPresent(sql, orgId, kind) };
}

function versionOf(
  pair: Candidate,
  snapshot: { readonly kind: DirectoryKind; readonly takenAt: Date; readonly snapshotId: string },
): NewVersion {
  return {
    kind: snapshot.kind,
    entityId: pair.entityId,
    validFrom: snapshot.takenAt,
    seq: nextSeq(pair.known, snapshot.takenAt),
    state: pair.read?.state ?? 'deleted',
    name: pair.name,
    divisionId: pair.divisionId,
    parentId: pair.parentId,
    provenance: 'snapshot',
    snapshotId: snapshot.snapshotId,
    changeId: null,
    toldBy: null,
    content: pair.content ?? tombstone(pair),
  };
}

/** The content of an entity that is gone: what was known of it, marked deleted. */
function tombstone(pair: Candidate): string {
  const content = pair.knownBody === null ? null : contentOf(pair.knownBody);
  return canonicalJson({
    divisionId: pair.divisionId,
    item: content?.item ?? {},
    name: pair.name,
    parentId: pair.parentId,
    state: 'deleted',
  });
}

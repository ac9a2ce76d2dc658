import type { EntityState } from './version';

/** How completely a kind was read. */
export const SNAPSHOT_OUTCOMES = ['complete', 'partial', 'not_evaluated', 'failed'] as const;
export type SnapshotOutcome = (typeof SNAPSHOT_OUTCOMES)[number];

/** One entity as the snapshot read it, and as it was known before; `null` where there is none. */
export type ReadPair = {
  readonly entityId: string;
  readonly read: { readonly state: EntityState; readonly contentSha256: Buffer } | null;
  readonly known: {
    readonly state: EntityState;
    readonly contentSha256: Buffer;
    readonly validFrom: Date;
    readonly seq: number;
  } | null;
};

/**
 * What a snapshot says about one entity:
 * `added` it was not there (or had been deleted), `removed` it is gone, `changed` it differs without coming or going,
 * `unchanged` nothing to write, `kept` absent from a snapshot that is not complete and therefore not closed,
 * `newer` something later than this snapshot is known already.
 */
export type Verdict = 'added' | 'changed' | 'removed' | 'unchanged' | 'kept' | 'newer';

export type SnapshotFrame = { readonly takenAt: Date; readonly outcome: SnapshotOutcome };

/** The verdict on one entity. */
export function judge(pair: ReadPair, frame: SnapshotFrame): Verdict {
  const { read, known } = pair;
  if (known !== null && known.validFrom > frame.takenAt) return 'newer';
  const wasPresent = known?.state === 'present';
  if (read === null) {
    if (!wasPresent) return 'unchanged';
    return frame.outcome === 'complete' ? 'removed' : 'kept';
  }
  if (known?.contentSha256.equals(read.contentSha256)) return 'unchanged';
  const isPresent = read.state === 'present';
  if (isPresent && !wasPresent) return 'added';
  if (!isPresent && wasPresent) return 'removed';
  return 'changed';
}

/** The place of a new version among those of its instant: 0, or one after the known version of the very same instant. */
export function nextSeq(
  known: { readonly validFrom: Date; readonly seq: number } | null,
  validFrom: Date,
): number {
  return known !== null && known.validFrom.getTime() === validFrom.getTime() ? known.seq + 1 : 0;
}

/** The verdicts that begin a new version, each with its entity. Items are compared with heads by entity id. */
export function diffSnapshot<P extends ReadPair>(
  pairs: readonly P[],
  frame: SnapshotFrame,
): readonly { readonly pair: P; readonly verdict: 'added' | 'changed' | 'removed' }[] {
  const begun: { pair: P; verdict: 'added' | 'changed' | 'removed' }[] = [];
  for (const pair of pairs) {
    const verdict = judge(pair, frame);
    if (verdict === 'added' || verdict === 'changed' || verdict === 'removed') begun.push({ pair, verdict });
  }
  return begun;
}

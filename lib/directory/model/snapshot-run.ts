import { canonicalJson } from '@/lib/kernel/canonical-json';
import { toIsoMs } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { SnapshotOutcome } from './diff-snapshot';

/** Name of the fact in the ledger's leaf. */
export const RUN_FACT = 'snapshot_run';

/** One kind read once: when, how completely, and what became different. */
export type SnapshotRun = {
  readonly id: string;
  readonly kind: DirectoryKind;
  /** The instant the snapshot stands for: versions it begins are valid from here. */
  readonly takenAt: Date;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly outcome: SnapshotOutcome;
  /** Why it is not complete, or a remark on what lay beside; null only when the outcome is complete. */
  readonly because: string | null;
  readonly expectedTotal: number | null;
  readonly totalBefore: number | null;
  readonly totalAfter: number | null;
  /** Entities seen, repetitions included. */
  readonly readCount: number;
  readonly duplicates: number;
  readonly pages: number;
  /** How often the kind was read until its totals stood still. */
  readonly attempts: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  /** Entities present once this snapshot was taken into account. */
  readonly presentAfter: number;
};

/** The bytes a run's leaf covers: RFC 8785 JSON of all its columns. */
export function runBody(run: SnapshotRun): string {
  return canonicalJson({
    ...run,
    takenAt: toIsoMs(run.takenAt),
    startedAt: toIsoMs(run.startedAt),
    finishedAt: toIsoMs(run.finishedAt),
  });
}

/** The worst of several outcomes; nothing read at all is not evaluated, never complete. */
export function worstOutcome(outcomes: readonly SnapshotOutcome[]): SnapshotOutcome {
  if (outcomes.length === 0) return 'not_evaluated';
  if (outcomes.every((outcome) => outcome === 'complete')) return 'complete';
  if (outcomes.every((outcome) => outcome === 'failed')) return 'failed';
  if (outcomes.every((outcome) => outcome === 'not_evaluated')) return 'not_evaluated';
  return 'partial';
}

import type { JournalActor } from '@/lib/kernel/actor';
import { type AttachedReference, attachedSchema } from '../contract/manual';
import type { LinkDecision } from '../model/manual/link-decision';
import type { BatchWithProgress } from '../store/manual/batch-rows';
import type { NewDecision } from '../store/manual/link-decisions';

/** The decision of a batch about one change, in the asker's name. */
export function wordOf(
  batch: BatchWithProgress,
  change: { readonly id: string; readonly eventDate: Date },
  word: Pick<LinkDecision, 'what' | 'kind' | 'reference' | 'ofDecision' | 'statement'> & {
    readonly at: Date;
  },
): NewDecision {
  const { at, ...rest } = word;
  return {
    ...rest,
    changeId: change.id,
    eventDate: change.eventDate,
    decidedAt: at,
    batchId: batch.id,
    requestId: null,
    deciderId: batch.askerId,
    decider: batch.asker,
    reason: batch.reason,
    claim: null,
  };
}

/** What a batch attaches; null for an undo. */
export function attachedOf(batch: BatchWithProgress): AttachedReference | null {
  return batch.undoOf === null ? attachedSchema.parse(batch.what) : null;
}

/** What a person states, as a decision keeps it. */
export function statementOf(attached: Extract<AttachedReference, { kind: 'manual' }>) {
  const { title, approver, approvedAt, url } = attached;
  return { title, approver, approvedAt: new Date(approvedAt), url: url ?? null };
}

/** Who asked for a batch, as the journal writes it. */
export function askerOf(batch: BatchWithProgress): JournalActor {
  return { kind: 'person', id: batch.askerId, name: batch.asker };
}

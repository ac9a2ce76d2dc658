import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { ActorKind } from '@/lib/kernel/words';
import type { ReviewState } from '../../contract';

/** `policy.moveReview`: which moves a person must look at, and within how many days. */
export type ReviewPolicy = {
  /** 0 asks for none. */
  readonly days: number;
  readonly applies: 'cross_division' | 'boundary_cross' | 'restricted';
};

/**
 * When a move must have been reviewed, or null when it need not be. The time runs from when we had it: nobody can look at what
 * is not known yet. What the platform moves by itself follows from a move of somebody, which is the one to review.
 */
export function reviewDueAt(
  move: {
    readonly receivedAt: Date;
    readonly actorKind: ActorKind;
    readonly boundaryCross: boolean | null;
    readonly restricted: boolean | null;
  },
  policy: ReviewPolicy | null,
): Date | null {
  if (policy === null || policy.days <= 0 || move.actorKind === 'platform') return null;
  if (policy.applies === 'boundary_cross' && move.boundaryCross !== true) return null;
  if (policy.applies === 'restricted' && move.restricted !== true) return null;
  return addMs(move.receivedAt, policy.days * DAY_MS);
}

/** Where a move's review stands: the last outcome, else by its due date. */
export function reviewStateOf(
  review: { readonly dueAt: Date | null; readonly outcome: 'approved' | 'rejected' | null },
  now: Date,
): ReviewState {
  if (review.outcome !== null) return review.outcome;
  if (review.dueAt === null) return 'not_needed';
  return review.dueAt <= now ? 'overdue' : 'pending';
}

/** Something in force for a while, in [from, to). */
type Period<Value> = { readonly from: Date; readonly to: Date | null; readonly value: Value };

/**
 * What was in force at an instant. Where the organisation never set anything, what it is handed: nothing set is not the same as
 * set later, since a policy holds for moves from then on and not for older ones.
 */
export function inForceAt<Value>(
  history: readonly Period<Value>[],
  at: Date,
  otherwise: Value | undefined,
): Value | null {
  if (history.length === 0) return otherwise ?? null;
  return history.find((period) => period.from <= at && (period.to === null || at < period.to))?.value ?? null;
}

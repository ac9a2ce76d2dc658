import type { Commit } from '@/lib/connectors/model/commit';
import type { Ticket } from '@/lib/connectors/model/ticket';
import type { Interval } from '@/lib/kernel/instant';
import type { Linkage } from '@/lib/kernel/words';

/** Linkage of an accountable change. */
export type ChangeLinkage = Exclude<Linkage, 'not_applicable'>;

/** Best first (design 5, linkage, step 4). */
export const LINKAGE_ORDER = [
  'linked',
  'late_approval',
  'outside_window',
  'mismatch',
  'unlinked',
] as const satisfies readonly ChangeLinkage[];

/** Why a change has its linkage, as a word for filters and reports; null goes with `linked`. */
export const LINK_REASONS = [
  'cites_nothing',
  'not_evaluated',
  'ticket_not_found',
  'commit_not_found',
  'commit_ambiguous',
  'rejected',
  'cancelled',
  'approval_withdrawn',
  'never_approved',
  'names_other_object',
  'approved_after_change',
  'committed_after_change',
  'outside_window',
] as const;
export type LinkReason = (typeof LINK_REASONS)[number];

/** The change as far as a claim is judged against it. */
export type JudgedChange = {
  /** Event time, whole seconds. */
  readonly at: Date;
  /** Id of the target, as the platform gives it; null where it gives none. */
  readonly entityId: string | null;
  readonly entityType: string;
  /** Names of the target known to be its names at the event. */
  readonly entityNames: readonly string[];
};

/** What a lookup brought for a citation. */
export type Finding =
  | { readonly kind: 'ticket'; readonly ticket: Ticket }
  | { readonly kind: 'commit'; readonly commit: Commit }
  /** It was read once and is not there any more: what it said at the time still stands in what was kept. */
  | { readonly kind: 'gone'; readonly ticket: Ticket; readonly readAt: Date }
  | { readonly kind: 'not_found' }
  | { readonly kind: 'ambiguous'; readonly because: string }
  | { readonly kind: 'not_evaluated'; readonly because: string };

/** One citation held against what it names: a link is a claim with its evidence. */
export type Claim = {
  readonly kind: 'jira' | 'servicenow' | 'commit' | 'manual' | 'window';
  readonly reference: string;
  readonly status: ChangeLinkage;
  /** Why it is not linked; null where it is. */
  readonly reason: LinkReason | null;
  /** Everything the judgement rests on, in sentences. */
  readonly reasons: readonly string[];
  readonly foundBy: string;
  /** 0..1: how sure it is that this names the reason of the change and that the verdict is right. */
  readonly confidence: number;
  readonly statusAtChange: string | null;
  readonly approvedAt: Date | null;
  readonly approvers: readonly string[];
  readonly window: Interval | null;
  /** Whether what is cited names the change's target; null where it names no object or nobody can tell. */
  readonly namesTarget: boolean | null;
  readonly emergency: boolean;
  /** Of a commit: whether the host tells that somebody reviewed it. */
  readonly review: Commit['review'] | null;
  readonly url: string | null;
  readonly title: string | null;
};

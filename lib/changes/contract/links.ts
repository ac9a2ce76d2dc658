import type { EVALUATION_CAUSES, LINKAGES, PLANNINGS } from '@/lib/kernel/words';

/** One verdict on a change: what it was, from when on, and why it was looked at. */
export type VerdictDto = {
  readonly decidedAt: string;
  readonly linkage: (typeof LINKAGES)[number];
  readonly planning: (typeof PLANNINGS)[number];
  readonly reason: string | null;
  /** What it was before; null for the first verdict. */
  readonly before: (typeof LINKAGES)[number] | null;
  /** The claim that decided, in words: `CHG0030012: approved at …, not after the change`; null where nothing is claimed. */
  readonly because: string | null;
  /** Null for verdicts of before causes were kept. */
  readonly cause: (typeof EVALUATION_CAUSES)[number] | null;
  /** The ticket whose change made the linker look again. */
  readonly ticket: string | null;
};

/** A cited ticket as it is now, beside what it was when the change was made. */
export type TicketNowDto = {
  readonly kind: 'jira' | 'servicenow';
  readonly reference: string;
  readonly status: string | null;
  readonly statusSince: string | null;
  /** Somebody's last word on it, whenever. */
  readonly decision: {
    readonly verdict: 'approved' | 'withdrawn' | 'rejected' | 'cancelled';
    readonly at: string;
    readonly by: string | null;
  } | null;
  readonly emergency: boolean;
  /** When it was last asked for and answered. */
  readonly checkedAt: string | null;
  /** Since when it is not there any more; null while it is. */
  readonly goneSince: string | null;
  /** Why it could not be asked for since; null where the last attempt was answered. */
  readonly notCheckedBecause: string | null;
};

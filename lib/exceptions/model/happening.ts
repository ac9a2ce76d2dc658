import type { Risk } from '@/lib/kernel/words';
import type {
  AcceptTerms,
  FalsePositiveTerms,
  Granted,
  Opening,
  PendingRequest,
  RequestKind,
  Resolution,
} from './exception';

export const HAPPENING_KINDS = [
  'opened',
  'triaged',
  'remediation_started',
  'requested',
  'request_declined',
  'request_withdrawn',
  'accepted',
  'marked_false_positive',
  'fix_claimed',
  'fix_not_seen',
  'resolved',
  'expired',
  'went_stale',
  'reopened',
  'recurred',
  'risk_changed',
  'assigned',
  'due_set',
  'commented',
  'attached',
  'reminded',
] as const;
export type HappeningKind = (typeof HAPPENING_KINDS)[number];

/** What happened to an exception: all its state is summed from these. */
export type Happening =
  | { readonly kind: 'opened'; readonly opening: Opening }
  | { readonly kind: 'triaged'; readonly note: string | null }
  | { readonly kind: 'remediation_started'; readonly note: string | null }
  | { readonly kind: 'requested'; readonly request: PendingRequest }
  | { readonly kind: 'request_declined'; readonly what: RequestKind; readonly reason: string }
  | { readonly kind: 'request_withdrawn'; readonly what: RequestKind; readonly reason: string }
  | { readonly kind: 'accepted'; readonly extends: boolean; readonly granted: Granted<AcceptTerms> }
  | { readonly kind: 'marked_false_positive'; readonly granted: Granted<FalsePositiveTerms> }
  | { readonly kind: 'fix_claimed'; readonly note: string }
  | { readonly kind: 'fix_not_seen'; readonly checkedAt: string }
  | { readonly kind: 'resolved'; readonly resolution: Resolution }
  | { readonly kind: 'expired'; readonly expiredAt: string }
  | { readonly kind: 'went_stale'; readonly because: string }
  | { readonly kind: 'reopened'; readonly reason: string }
  | { readonly kind: 'recurred'; readonly successorId: string }
  | {
      readonly kind: 'risk_changed';
      readonly from: {
        readonly severity: Risk;
        readonly riskBasis: string | null;
        readonly sentence: string;
      };
      readonly to: { readonly severity: Risk; readonly riskBasis: string | null; readonly sentence: string };
    }
  | {
      readonly kind: 'assigned';
      readonly from: { readonly id: string; readonly name: string } | null;
      readonly to: { readonly id: string; readonly name: string } | null;
      readonly because: string | null;
    }
  | { readonly kind: 'due_set'; readonly from: string; readonly to: string; readonly reason: string }
  | {
      readonly kind: 'commented';
      readonly text: string;
      readonly mentions: readonly { readonly id: string; readonly name: string }[];
    }
  | {
      readonly kind: 'attached';
      readonly attachmentId: string;
      readonly name: string;
      readonly bytes: number;
      readonly sha256: string;
    }
  | { readonly kind: 'reminded'; readonly what: string; readonly says: string };

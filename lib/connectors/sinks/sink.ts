import { SECOND_MS } from '@/lib/kernel/instant';
import type { OutboundAnswer } from '../http/outbound';
import { waitBeforeRetry } from '../http/retry-after';

/** What a receiver gave back for a person to find it again. */
export type Receipt = { readonly number: string; readonly url: string | null };

/** What came of one try. `because` is for a person to act on and never quotes the receiver or an address's path. */
export type SinkOutcome =
  | {
      readonly kind: 'delivered';
      readonly status: number | null;
      readonly receipt: Receipt | null;
      /** Something to know all the same, such as recipients that were refused. */
      readonly because: string | null;
    }
  /** It was not taken now; later it may be. */
  | {
      readonly kind: 'again';
      readonly status: number | null;
      readonly because: string;
      /** As long as the receiver asked us to wait. */
      readonly retryAfterMs: number | null;
    }
  /** It will not be taken however often it is sent. */
  | { readonly kind: 'refused'; readonly status: number | null; readonly because: string }
  /** Sent and not answered. */
  | { readonly kind: 'unknown'; readonly because: string };

/** Longest wait that a receiver may ask for. */
const MAX_RETRY_AFTER_MS = 3_600 * SECOND_MS;

type Answered = Extract<OutboundAnswer, { kind: 'answered' }>;

/** The outcome of what was not answered. */
export function unanswered(answer: Exclude<OutboundAnswer, Answered>): SinkOutcome {
  switch (answer.kind) {
    case 'blocked':
      return { kind: 'refused', status: null, because: answer.because };
    case 'unreachable':
      return { kind: 'again', status: null, because: answer.because, retryAfterMs: null };
    case 'unknown':
      return { kind: 'unknown', because: answer.because };
  }
}

/** The outcome of a status that means the same everywhere: wait, server trouble, or sent elsewhere; null for all others. */
export function outcomeOfStatus(answer: Answered, who: string): SinkOutcome | null {
  const { status } = answer;
  if (status === 429) return again(answer, `${who} asks us to wait: too many messages in a short time.`);
  if (status >= 500) return again(answer, `${who} has trouble of its own (${status}).`);
  if (status === 408 || status === 425) return again(answer, `${who} did not take it this time (${status}).`);
  if (status >= 300 && status < 400)
    return {
      kind: 'refused',
      status,
      because: `${who} sends us to another address (${status}); set the address that answers by itself.`,
    };
  return null;
}

function again(answer: Answered, because: string): SinkOutcome {
  const header = answer.headers['retry-after'];
  const asked = header === undefined ? null : waitBeforeRetry(1, header, new Date());
  return {
    kind: 'again',
    status: answer.status,
    because,
    retryAfterMs: asked === null ? null : Math.min(asked, MAX_RETRY_AFTER_MS),
  };
}

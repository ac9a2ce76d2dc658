import type { Tone } from '@/components/ui/badge';
import type { RequestDto } from '@/lib/linking/contract/manual';

export const REQUEST_STATES = ['sent', 'answered', 'expired', 'withdrawn', 'undeliverable'] as const;
type State = RequestDto['state'];

export const REQUEST_WORDS = {
  sent: 'Waits for an answer',
  answered: 'Answered',
  expired: 'Expired',
  withdrawn: 'Withdrawn',
  undeliverable: 'Undeliverable',
} as const satisfies Record<State, string>;

export const REQUEST_TONES = {
  sent: 'accent',
  answered: 'good',
  expired: 'warn',
  withdrawn: 'plain',
  undeliverable: 'bad',
} as const satisfies Record<State, Tone>;

import {
  Ban,
  CircleCheck,
  CircleX,
  Eye,
  Hourglass,
  LoaderCircle,
  type LucideIcon,
  ThumbsDown,
  TimerOff,
} from 'lucide-react';
import type { ResponseState } from '@/lib/alerts/contract/responses';
import { RESPONSE_STATE_MEANINGS, RESPONSE_STATE_WORDS } from './words';

const SHAPES = {
  observed: { icon: Eye, colour: 'text-muted' },
  waiting: { icon: Hourglass, colour: 'text-late' },
  approved: { icon: LoaderCircle, colour: 'text-accent' },
  running: { icon: LoaderCircle, colour: 'text-accent' },
  done: { icon: CircleCheck, colour: 'text-linked' },
  failed: { icon: CircleX, colour: 'text-unlinked' },
  refused: { icon: Ban, colour: 'text-outside' },
  rejected: { icon: ThumbsDown, colour: 'text-muted' },
  expired: { icon: TimerOff, colour: 'text-muted' },
} as const satisfies Record<ResponseState, { icon: LucideIcon; colour: string }>;

/** Where a response stands: a shape of its own and the word. */
export function ResponseMark({ state }: { readonly state: ResponseState }) {
  const { icon: Icon, colour } = SHAPES[state];
  return (
    <span
      title={RESPONSE_STATE_MEANINGS[state]}
      className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${colour}`}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      {RESPONSE_STATE_WORDS[state]}
    </span>
  );
}

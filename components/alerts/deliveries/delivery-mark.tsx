import { BellOff, CircleCheck, CircleX, Hourglass, type LucideIcon, PauseCircle } from 'lucide-react';
import type { DeliveryState } from '@/lib/alerts/contract/deliveries';
import { DELIVERY_STATE_MEANINGS, DELIVERY_STATE_WORDS } from '../words';

const SHAPES = {
  waiting: { icon: Hourglass, colour: 'text-late' },
  held: { icon: PauseCircle, colour: 'text-muted' },
  delivered: { icon: CircleCheck, colour: 'text-linked' },
  dead: { icon: CircleX, colour: 'text-unlinked' },
  suppressed: { icon: BellOff, colour: 'text-muted' },
} as const satisfies Record<DeliveryState, { icon: LucideIcon; colour: string }>;

/** What became of a delivery: a shape of its own and the word. */
export function DeliveryMark({ state }: { readonly state: DeliveryState }) {
  const { icon: Icon, colour } = SHAPES[state];
  return (
    <span
      title={DELIVERY_STATE_MEANINGS[state]}
      className={`inline-flex items-center gap-1.5 font-medium whitespace-nowrap ${colour}`}
    >
      <Icon aria-hidden size={14} className="shrink-0" />
      {DELIVERY_STATE_WORDS[state]}
    </span>
  );
}

import { Badge, type Tone } from '@/components/ui/badge';
import type { AlertState } from '@/lib/alerts/contract/alerts';
import { ALERT_STATE_MEANINGS, ALERT_STATE_WORDS } from './words';

const TONES = {
  open: 'bad',
  acknowledged: 'accent',
  closed: 'plain',
  historic: 'plain',
  merged: 'plain',
} as const satisfies Record<AlertState, Tone>;

export function AlertStateBadge({ state }: { readonly state: AlertState }) {
  return (
    <span title={ALERT_STATE_MEANINGS[state]}>
      <Badge tone={TONES[state]}>{ALERT_STATE_WORDS[state]}</Badge>
    </span>
  );
}

import { OutcomeMark } from '@/components/tally/outcome-mark';
import type { CollectionRunDto } from '@/lib/changes/contract/collection';
import type { Outcome } from '@/lib/kernel/words';

const STATES = {
  running: ['not_evaluated', 'Running'],
  done: ['pass', 'Done'],
  failed: ['fail', 'Failed'],
  interrupted: ['not_evaluated', 'Interrupted, will go on'],
} as const satisfies Record<CollectionRunDto['state'], readonly [Outcome, string]>;

/** How a collection ended; one that still runs is neither a pass nor a failure. */
export function RunMark({ run }: { readonly run: Pick<CollectionRunDto, 'state'> }) {
  const [outcome, word] = STATES[run.state];
  return <OutcomeMark outcome={outcome} word={word} />;
}

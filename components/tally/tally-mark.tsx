import { classes } from '@/components/ui/classes';
import { Tooltip } from '@/components/ui/overlay/tooltip';
import type { Linkage } from '@/lib/kernel/words';
import { TallyGlyph } from './tally-glyph';
import { TallyLegend } from './tally-legend';
import { LINKAGE_COLOURS, LINKAGE_WORDS } from './words';

/** The glyph with its word; the legend of all six is one hover away. */
export function TallyMark({ status, className }: { readonly status: Linkage; readonly className?: string }) {
  return (
    <Tooltip content={<TallyLegend />}>
      <span className={classes('inline-flex items-center gap-2 whitespace-nowrap', className)}>
        <TallyGlyph status={status} decorative />
        <span className={LINKAGE_COLOURS[status]}>{LINKAGE_WORDS[status]}</span>
      </span>
    </Tooltip>
  );
}

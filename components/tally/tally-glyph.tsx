import { classes } from '@/components/ui/classes';
import type { Linkage } from '@/lib/kernel/words';
import { LINKAGE_COLOURS, LINKAGE_WORDS } from './words';

/** Drawn on a grid of 20 x 12: the left half is the platform's record, the right half its authorisation. */
const LEFT = 'M1 1H8.6L10.6 3.5L8.6 6L10.6 8.5L8.6 11H1Z';
const RIGHT_FLUSH = 'M10.2 1L12.2 3.5L10.2 6L12.2 8.5L10.2 11H19V1Z';
const RIGHT_OTHER = 'M13.4 1L11.4 2.25L13.4 3.5L11.4 4.75L13.4 6L11.4 7.25L13.4 8.5L11.4 9.75L13.4 11H19V1Z';

type TallyGlyphProps = {
  readonly status: Linkage;
  /** Times 20 x 12 px. */
  readonly size?: number;
  /** The word stands beside it, so the picture needs no name of its own. */
  readonly decorative?: boolean;
  readonly className?: string;
};

/** Two notched halves of a tally stick. The shape tells the status; the colour only repeats it. */
export function TallyGlyph({ status, size = 1, decorative = false, className }: TallyGlyphProps) {
  return (
    <span className={classes('inline-flex shrink-0', LINKAGE_COLOURS[status], className)}>
      <svg aria-hidden viewBox="0 0 20 12" width={20 * size} height={12 * size} className="overflow-visible">
        <path
          d={LEFT}
          transform={status === 'outside_window' ? 'translate(0 -1)' : undefined}
          className={status === 'not_applicable' ? 'fill-current' : 'fill-ink'}
        />
        <RightHalf status={status} />
      </svg>
      {decorative ? null : <span className="sr-only">{LINKAGE_WORDS[status]}</span>}
    </span>
  );
}

function RightHalf({ status }: { readonly status: Linkage }) {
  switch (status) {
    case 'linked':
      return <path d={RIGHT_FLUSH} className="fill-current" />;
    case 'late_approval':
      return (
        <path
          d={RIGHT_FLUSH}
          strokeWidth={1.3}
          strokeDasharray="2 1.3"
          className="fill-current stroke-current"
          fillOpacity={0.28}
        />
      );
    case 'outside_window':
      return <path d={RIGHT_FLUSH} transform="translate(0 1.4)" className="fill-current" />;
    case 'mismatch':
      return <path d={RIGHT_OTHER} className="fill-current" />;
    case 'unlinked':
      return <path d={RIGHT_FLUSH} strokeWidth={0.8} className="fill-none stroke-current" />;
    case 'not_applicable':
      return null;
  }
}

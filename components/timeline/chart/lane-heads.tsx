import { classes } from '@/components/ui/classes';
import { formatCount } from '@/components/ui/data/format';
import type { TimelineDto } from '@/lib/changes/contract/timeline';
import type { Lane } from '@/lib/changes/model/timeline/lanes';
import { type ChartFrame, lanesOf } from '../geometry/frame';
import { LANE_WORDS } from '../words';

type LaneHeadsProps = {
  readonly frame: ChartFrame;
  readonly data: TimelineDto;
  /** The lane whose rows are listed. */
  readonly lane: Lane | null;
  readonly onLane: (lane: Lane | null) => void;
};

/** The name and number of each lane, at its place; pressing one lists its rows alone. */
export function LaneHeads({ frame, data, lane, onLane }: LaneHeadsProps) {
  return lanesOf(frame).map((one) => {
    const place = frame.lanes.get(one);
    if (place === undefined) return null;
    const top = place.towards === -1 ? place.base - place.depth : place.base;
    // Without a margin: planned above its lane, ad-hoc below its own, the third at the end of its short one.
    const outside =
      one === 'planned' ? top - 24 : top + place.depth + (one === 'ad_hoc' && frame.lanes.size > 2 ? -22 : 1);
    const left = one === 'ad_hoc' && frame.lanes.size > 2 ? frame.width - 110 : 0;
    return (
      <button
        key={one}
        type="button"
        aria-pressed={lane === one}
        title={lane === one ? 'List all lanes again' : `List only these rows`}
        onClick={() => onLane(lane === one ? null : one)}
        style={frame.narrow ? { top: outside, left } : { top: top + place.depth / 2 - 22, left: 0 }}
        className={classes(
          'absolute z-1 rounded-md px-1.5 py-0.5 text-left hover:bg-sunken',
          frame.narrow ? 'bg-paper/80 text-xs leading-none h-6' : 'w-25',
          lane === one && 'bg-accent-soft text-accent',
        )}
      >
        <span className={classes('font-medium', frame.narrow ? 'mr-1.5' : 'block text-sm')}>
          {LANE_WORDS[one]}
        </span>
        <span className={classes('font-serif', frame.narrow ? 'text-sm' : 'block text-xl')}>
          {formatCount(data.lanes[one])}
        </span>
      </button>
    );
  });
}

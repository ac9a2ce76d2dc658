import { LANES, type Lane } from '@/lib/changes/model/timeline/lanes';

/** One lane: marks stand on its base and pile up away from the axis. */
export type LaneFrame = {
  readonly base: number;
  readonly depth: number;
  /** -1: up, 1: down. */
  readonly towards: -1 | 1;
};

/** Where the parts of the picture stand, in pixels. */
export type ChartFrame = {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly plot: number;
  readonly narrow: boolean;
  readonly lanes: ReadonlyMap<Lane, LaneFrame>;
  /** The band between the lanes: coverage above, ticks below. */
  readonly axisTop: number;
  readonly axisBottom: number;
  /** Top and bottom of what bands and selections cover. */
  readonly top: number;
  readonly bottom: number;
};

const NARROW = 640;
const LABELS = 22;
const NAME = 24;
const AXIS = 38;
const THIRD_GAP = 10;
const THIRD_DEPTH = 52;

/** Planned above the axis, ad-hoc below it, and what is not counted under both where it is asked for. */
export function frameOf(width: number, withThird: boolean): ChartFrame {
  const narrow = width < NARROW;
  const left = narrow ? 4 : 104;
  const depth = narrow ? 138 : 160;
  const top = narrow ? NAME : LABELS;
  const axisTop = top + depth;
  const axisBottom = axisTop + AXIS;
  const bottom = axisBottom + depth;
  const lanes = new Map<Lane, LaneFrame>([
    ['planned', { base: axisTop, depth, towards: -1 }],
    ['ad_hoc', { base: axisBottom, depth, towards: 1 }],
  ]);
  if (withThird) lanes.set('not_applicable', { base: bottom + THIRD_GAP, depth: THIRD_DEPTH, towards: 1 });
  const end = withThird ? bottom + THIRD_GAP + THIRD_DEPTH : bottom;
  // Where there is no margin beside the lanes, their names stand above and below them.
  const foot = narrow ? NAME : 4;
  return {
    width,
    height: end + foot,
    left,
    plot: Math.max(120, width - left - (narrow ? 4 : 14)),
    narrow,
    lanes,
    axisTop,
    axisBottom,
    top,
    bottom: end,
  };
}

/** The lanes that are drawn, in their order on the screen. */
export function lanesOf(frame: ChartFrame): readonly Lane[] {
  return LANES.filter((lane) => frame.lanes.has(lane));
}

import type { Interval } from '@/lib/kernel/instant';
import type { ACTION_KINDS, ActionKind } from './action-kind';
import { floorToGrain, type Grain, nextGrain } from './grains';
import type { Lane, TimelineRisk } from './lanes';

/** How many changes of one kind fall into one bin. */
export type CountedCell = {
  readonly bucket: Date;
  readonly lane: Lane;
  readonly risk: TimelineRisk;
  readonly action: ActionKind;
  readonly n: number;
};

export type Bin = {
  readonly lane: Lane;
  /** Cut to the range asked for: the bin's rows are exactly those of `[from, to)`. */
  readonly from: Date;
  readonly to: Date;
  readonly count: number;
  readonly risk: Readonly<Record<TimelineRisk, number>>;
  readonly action: Readonly<Record<ActionKind, number>>;
};

type Growing = {
  lane: Lane;
  start: Date;
  count: number;
  risk: Record<TimelineRisk, number>;
  action: Record<ActionKind, number>;
};

/** Bins of a range, in order of time and lane; empty ones are left out, and the counts add up to those of the cells. */
export function toBins(cells: readonly CountedCell[], range: Interval, grain: Grain): Bin[] {
  const bins = new Map<string, Growing>();
  for (const cell of cells) {
    const start = floorToGrain(cell.bucket, grain);
    const key = `${start.getTime()} ${cell.lane}`;
    const bin = bins.get(key) ?? { lane: cell.lane, start, count: 0, risk: noRisks(), action: noActions() };
    bin.count += cell.n;
    bin.risk[cell.risk] += cell.n;
    bin.action[cell.action] += cell.n;
    bins.set(key, bin);
  }
  return [...bins.values()]
    .filter((bin) => bin.count !== 0)
    .sort((a, b) => a.start.getTime() - b.start.getTime() || (a.lane < b.lane ? 1 : -1))
    .map(({ start, ...bin }) => {
      const end = nextGrain(start, grain);
      return {
        ...bin,
        from: start < range.from ? range.from : start,
        to: end > range.to ? range.to : end,
      };
    });
}

function noRisks(): Record<TimelineRisk, number> {
  return { high: 0, critical: 0 };
}

function noActions(): Record<ActionKind, number> {
  const none: Record<ActionKind, number> = { create: 0, update: 0, delete: 0, grant: 0, other: 0 };
  return none satisfies Record<(typeof ACTION_KINDS)[number], number>;
}

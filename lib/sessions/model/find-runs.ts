import { MINUTE_MS } from '@/lib/kernel/instant';
import { byPlace, type LightChange } from './light-change';

/** An accountable change later than this after the one before begins another run. */
export const RUN_GAP_MS = MINUTE_MS;
/** Fewer steps are no bulk task. */
export const BULK_MIN = 20;

/** An accountable change as one point of a run. */
export type Point = {
  readonly kind: 'point';
  readonly change: LightChange;
  /** Whether a step is counted here: a change by itself, or the first accountable one of a cascade. */
  readonly opensStep: boolean;
  /** The cascade it belongs to; null for a change by itself. */
  readonly cascadeId: string | null;
};

/** What a bulk task came to in one hour, as it was counted before: its changes need not be read again. */
export type Stretch = {
  readonly kind: 'stretch';
  readonly sessionId: string;
  readonly hour: Date;
  readonly steps: number;
  readonly first: Place;
  readonly lastAt: Date;
  /** First child that is no cascade's. */
  readonly direct: Place | null;
};

export type Place = { readonly at: Date; readonly id: string };

export type RunItem = Point | Stretch;

/** Accountable changes of one actor through one client, each at most 60 s after the one before. */
export type Run = {
  /** In order. */
  readonly items: readonly RunItem[];
  readonly steps: number;
  readonly first: Place;
  readonly lastAt: Date;
};

/**
 * The runs that the points and stretches of one actor and client come to. A stretch stands for its points: the runs are
 * those that its points would give. The order they come in plays no part.
 *
 * Requires that no point lies inside a stretch. Source: design 5, session: minute borders play no part, nor does length.
 */
export function findRuns(items: readonly RunItem[]): Run[] {
  const ordered = [...items].sort((left, right) => byPlace(firstOf(left), firstOf(right)));
  const runs: { items: RunItem[]; steps: number; first: Place; lastAt: Date }[] = [];
  for (const item of ordered) {
    const run = runs.at(-1);
    const first = firstOf(item);
    if (run === undefined || first.at.getTime() - run.lastAt.getTime() > RUN_GAP_MS) {
      runs.push({ items: [item], steps: stepsOf(item), first, lastAt: lastOf(item) });
      continue;
    }
    run.items.push(item);
    run.steps += stepsOf(item);
    if (lastOf(item) > run.lastAt) run.lastAt = lastOf(item);
  }
  return runs;
}

export function isBulk(run: Pick<Run, 'steps'>): boolean {
  return run.steps >= BULK_MIN;
}

/** The first place of a point or a stretch. */
export function firstOf(item: RunItem): Place {
  return item.kind === 'point' ? item.change : item.first;
}

function lastOf(item: RunItem): Date {
  return item.kind === 'point' ? item.change.at : item.lastAt;
}

function stepsOf(item: RunItem): number {
  return item.kind === 'point' ? Number(item.opensStep) : item.steps;
}

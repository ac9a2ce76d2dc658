import { floorToHour } from '@/lib/kernel/instant';
import { firstOf, isBulk, type Place, type Point, type Run, type Stretch } from './find-runs';
import { byPlace, sessionIdOf } from './light-change';

export type BulkTask = {
  readonly id: string;
  /** Its first accountable change. */
  readonly anchor: Place;
  readonly steps: number;
  readonly run: Run;
  /** What it comes to in each hour, without the hours that stand as they were. */
  readonly stretches: readonly Stretch[];
};

/**
 * The bulk task a run is, or null when it has too few steps. Its id is that of its earliest child that no cascade holds, so
 * that it never takes the id of a cascade inside it; a task of cascades alone is named after its first change, marked `.bulk`.
 */
export function bulkTaskOf(run: Run): BulkTask | null {
  if (!isBulk(run)) return null;
  const direct = run.items
    .map(directOf)
    .filter((place) => place !== null)
    .sort(byPlace)[0];
  const id = direct === undefined ? `${sessionIdOf(run.first)}.bulk` : sessionIdOf(direct);
  return { id, anchor: run.first, steps: run.steps, run, stretches: stretchesOf(run, id) };
}

function stretchesOf(run: Run, sessionId: string): Stretch[] {
  const hours = new Map<number, { stretch: Stretch; isNew: boolean }>();
  for (const item of run.items) {
    const own = item.kind === 'stretch' ? { ...item, sessionId } : stretchOf(item, sessionId);
    const held = hours.get(own.hour.getTime());
    const isNew = held !== undefined || item.kind === 'point' || item.sessionId !== sessionId;
    hours.set(own.hour.getTime(), { stretch: held === undefined ? own : merged(held.stretch, own), isNew });
  }
  return [...hours.values()].filter((hour) => hour.isNew).map((hour) => hour.stretch);
}

function stretchOf(point: Point, sessionId: string): Stretch {
  const place = { at: point.change.at, id: point.change.id };
  return {
    kind: 'stretch',
    sessionId,
    hour: floorToHour(place.at),
    steps: Number(point.opensStep),
    first: place,
    lastAt: place.at,
    direct: point.cascadeId === null ? place : null,
  };
}

function merged(left: Stretch, right: Stretch): Stretch {
  const direct = [left.direct, right.direct].filter((place) => place !== null).sort(byPlace)[0] ?? null;
  return {
    ...left,
    steps: left.steps + right.steps,
    first: byPlace(left.first, right.first) <= 0 ? left.first : right.first,
    lastAt: left.lastAt > right.lastAt ? left.lastAt : right.lastAt,
    direct,
  };
}

function directOf(item: Run['items'][number]): Place | null {
  if (item.kind === 'stretch') return item.direct;
  return item.cascadeId === null ? firstOf(item) : null;
}

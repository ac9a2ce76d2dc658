import { planChunks, RETENTION_MS, SYNC_CHUNK_MS } from '@/lib/genesys/model/plan-chunks';
import {
  addMs,
  DAY_MS,
  floorToHour,
  floorToSecond,
  HOUR_MS,
  type Interval,
  SECOND_MS,
  splitInterval,
} from '@/lib/kernel/instant';
import { SETTLE_MS } from '../model/coverage/coverage-state';
import type { RunKind } from '../store/runs';

/**
 * What came before the watermark is asked for once more: records arrive late. As long as an hour takes to settle, so that the
 * first pass after that reads it whole, however often passes come.
 */
export const OVERLAP_MS = SETTLE_MS;
/**
 * How near to now is asked: clocks differ by seconds, and a second is asked for when it is over. No nearer is needed and no
 * farther: the newest minutes are still being written, but every later pass reads the last hour again, so that asking early
 * shows a change early and loses none; an hour counts as read only by a reading begun long after its end.
 */
export const EDGE_MS = 10 * SECOND_MS;
/** Of the retention, kept back so that no query asks for a record that expires meanwhile. */
const HORIZON_MARGIN_MS = HOUR_MS;
/** Pieces of a backfill, newest first: one day for the first page's sake, then weeks. */
const BACKFILL_CHUNK_MS = 7 * DAY_MS;

export type RunPlan = Interval & { readonly kind: RunKind; readonly chunks: readonly Interval[] };

/** The newest instant that may be asked for. */
export function edgeOf(now: Date): Date {
  return floorToSecond(addMs(now, -EDGE_MS));
}

/**
 * From 65 minutes before the watermark, at a whole hour so that hours are read whole, to ten seconds ago. Null when there is
 * nothing to ask; requires a watermark.
 */
export function planSync(watermark: Interval, now: Date): RunPlan | null {
  const range = { from: floorToHour(addMs(watermark.to, -OVERLAP_MS)), to: edgeOf(now) };
  return range.to > range.from ? { ...range, kind: 'sync', chunks: planChunks(range, SYNC_CHUNK_MS) } : null;
}

/** Everything the platform still keeps and that was not read: back from the watermark, or from now. Null when there is nothing. */
export function planBackfill(
  watermark: Interval | null,
  now: Date,
  since: Date | null = null,
): RunPlan | null {
  const horizon = floorToHour(addMs(now, HORIZON_MARGIN_MS - RETENTION_MS));
  const from = since !== null && since > horizon ? floorToHour(since) : horizon;
  const edge = edgeOf(now);
  // Up to a whole hour: an hour of which only a part was read is read whole.
  const seen = watermark === null ? edge : floorToHour(addMs(watermark.from, HOUR_MS - 1));
  const to = seen < edge ? seen : edge;
  if (to <= from) return null;
  const lastDay = floorToHour(addMs(to, -DAY_MS));
  const newest = lastDay > from ? [{ from: lastDay, to }] : [{ from, to }];
  const older = lastDay > from ? splitInterval({ from, to: lastDay }, BACKFILL_CHUNK_MS) : [];
  return { from, to, kind: 'backfill', chunks: [...older, ...newest] };
}

/** An interval read once more, whole hours. Null when it lies outside what can be asked. */
export function planResweep(range: Interval, now: Date): RunPlan | null {
  const horizon = floorToHour(addMs(now, HORIZON_MARGIN_MS - RETENTION_MS));
  const edge = edgeOf(now);
  const from = floorToHour(range.from) > horizon ? floorToHour(range.from) : horizon;
  const to = range.to < edge ? range.to : edge;
  return to > from ? { from, to, kind: 'resweep', chunks: planChunks({ from, to }, SYNC_CHUNK_MS) } : null;
}

/** Two parts of a chunk that was not answered, cut at a whole hour; null when it is an hour or less. */
export function halvesOf(chunk: Interval): readonly [Interval, Interval] | null {
  const length = chunk.to.getTime() - chunk.from.getTime();
  if (length <= HOUR_MS) return null;
  const middle = floorToHour(addMs(chunk.from, length / 2));
  const cut = middle > chunk.from ? middle : addMs(floorToHour(chunk.from), HOUR_MS);
  return [
    { from: chunk.from, to: cut },
    { from: cut, to: chunk.to },
  ];
}

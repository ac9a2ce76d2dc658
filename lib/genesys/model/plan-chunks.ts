import { addMs, DAY_MS, type Interval, MINUTE_MS, SECOND_MS, splitInterval } from '@/lib/kernel/instant';

/** Longest interval of one audit query. The server refuses more than 31 days; other sources say 30. */
export const MAX_CHUNK_MS = 30 * DAY_MS;
/** First size for a normal sync. */
export const SYNC_CHUNK_MS = DAY_MS;
/** Below this an interval is not halved again. */
export const MIN_CHUNK_MS = MINUTE_MS;
/** How far back the platform keeps audits. What is older cannot be recovered. */
export const RETENTION_MS = 365 * DAY_MS;

/** The pieces of an interval to ask for, oldest first, none longer than `maxMs` (at most 30 days). Touching ends, half-open. */
export function planChunks(interval: Interval, maxMs: number = SYNC_CHUNK_MS): Interval[] {
  return splitInterval(interval, Math.min(Math.max(maxMs, MIN_CHUNK_MS), MAX_CHUNK_MS));
}

export type Halved =
  | { readonly kind: 'split'; readonly pieces: readonly [Interval, Interval]; readonly because: string }
  | { readonly kind: 'floor'; readonly because: string };

/**
 * What to do with a piece that failed: two halves cut at a whole second, or, when the halves would be shorter than a
 * minute, the floor: that piece is a gap with a reason.
 */
export function halveChunk(chunk: Interval, because: string): Halved {
  const length = chunk.to.getTime() - chunk.from.getTime();
  if (length < 2 * MIN_CHUNK_MS) return { kind: 'floor', because };
  const middle = new Date(Math.floor((chunk.from.getTime() + length / 2) / SECOND_MS) * SECOND_MS);
  return {
    kind: 'split',
    because,
    pieces: [
      { from: chunk.from, to: middle },
      { from: middle, to: chunk.to },
    ],
  };
}

export type WithinRetention = {
  /** What can still be asked for; null when nothing can. */
  readonly asked: Interval | null;
  /** The part that the platform no longer keeps; null when there is none. */
  readonly lost: Interval | null;
};

/** Cuts an interval at the platform's retention of 365 days, so that the lost part can be named as a gap. */
export function clipToRetention(interval: Interval, now: Date): WithinRetention {
  const oldest = addMs(now, -RETENTION_MS);
  if (interval.from >= oldest) return { asked: interval, lost: null };
  if (interval.to <= oldest) return { asked: null, lost: interval };
  return { asked: { from: oldest, to: interval.to }, lost: { from: interval.from, to: oldest } };
}

import { addMs, DAY_MS, floorToDay, floorToHour, HOUR_MS, type Interval, toIso } from '@/lib/kernel/instant';
import type { Bucket, EXCLUSIONS, Exclusion, Linkage } from '@/lib/kernel/words';
import type { RateCounts, RatePointDto } from '../contract';

export type RateScope = 'accountable' | 'all';

/** How many changes share a bucket, an exclusion (null: accountable) and a linkage. */
export type RateCell = {
  readonly at: Date;
  readonly excluded: Exclusion | null;
  readonly linkage: Linkage;
  readonly provisional: boolean;
  readonly n: number;
};

export type RateTotals = {
  readonly unlinked: number;
  readonly total: number;
  /** Null when there is no change: neither 0 % nor an error. */
  readonly rate: number | null;
  readonly counts: RateCounts;
};

/**
 * The unlinked change rate over the cells: accountable changes that are anything but linked, over accountable changes. With scope `all` (the
 * guides' literal formula) all records that are not linked, over all records; the records outside the accountable ones then stand under
 * `unlinked` in the counts, so that the counts add up to the total in either scope.
 * Source: design 5, unlinked change rate.
 */
export function rateOf(cells: Iterable<RateCell>, scope: RateScope): RateTotals {
  const counts = { linked: 0, late_approval: 0, outside_window: 0, mismatch: 0, unlinked: 0 };
  for (const { excluded, linkage, n } of cells) {
    const counted = excluded === null && linkage !== 'not_applicable';
    if (counted) counts[linkage] += n;
    else if (scope === 'all') counts.unlinked += n;
  }
  const unlinked = counts.late_approval + counts.outside_window + counts.mismatch + counts.unlinked;
  const total = unlinked + counts.linked;
  return { unlinked, total, rate: total === 0 ? null : unlinked / total, counts };
}

/** How many records each reason keeps out of the rate. An accountable change whose linkage is not applicable is an excused one. */
export function excludedOf(cells: Iterable<RateCell>): Record<Exclusion, number> {
  const excluded = { platform: 0, genesys_internal: 0, failure: 0, read: 0, excused: 0 } satisfies Record<
    (typeof EXCLUSIONS)[number],
    number
  >;
  for (const cell of cells) {
    if (cell.excluded !== null) excluded[cell.excluded] += cell.n;
    else if (cell.linkage === 'not_applicable') excluded.excused += cell.n;
  }
  return excluded;
}

/** The changes of the rate's total that no pull has confirmed yet. */
export function provisionalOf(cells: Iterable<RateCell>, scope: RateScope): number {
  let provisional = 0;
  for (const cell of cells) {
    const counted = scope === 'all' || (cell.excluded === null && cell.linkage !== 'not_applicable');
    if (cell.provisional && counted) provisional += cell.n;
  }
  return provisional;
}

/** One point for each bucket the range touches, also where nothing happened; the first and last are cut to the range. */
export function seriesOf(
  cells: readonly RateCell[],
  asked: {
    range: Interval;
    bucket: Bucket;
    scope: RateScope;
    /** How many changes of each bucket went past the pipeline. */
    bypasses?: readonly { readonly at: Date; readonly n: number }[];
  },
): RatePointDto[] {
  const past = new Map<number, number>();
  for (const { at, n } of asked.bypasses ?? []) {
    const start = bucketStart(at, asked.bucket).getTime();
    past.set(start, (past.get(start) ?? 0) + n);
  }
  const byStart = new Map<number, RateCell[]>();
  for (const cell of cells) {
    const start = bucketStart(cell.at, asked.bucket).getTime();
    const bucket = byStart.get(start);
    if (bucket === undefined) byStart.set(start, [cell]);
    else bucket.push(cell);
  }
  return bucketsOf(asked.range, asked.bucket).map((piece) => {
    const start = bucketStart(piece.from, asked.bucket).getTime();
    const totals = rateOf(byStart.get(start) ?? [], asked.scope);
    return { from: toIso(piece.from), to: toIso(piece.to), ...totals, bypasses: past.get(start) ?? 0 };
  });
}

/** The buckets that the range touches, in order, the first and last cut to it. */
export function bucketsOf(range: Interval, bucket: Bucket): Interval[] {
  const pieces: Interval[] = [];
  for (let start = bucketStart(range.from, bucket); start < range.to; start = nextBucket(start, bucket)) {
    const end = nextBucket(start, bucket);
    pieces.push({ from: start < range.from ? range.from : start, to: end > range.to ? range.to : end });
  }
  return pieces;
}

/** Start of the UTC bucket in which the instant lies; weeks begin on Monday (ISO 8601). */
export function bucketStart(at: Date, bucket: Bucket): Date {
  if (bucket === 'hour') return floorToHour(at);
  if (bucket === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
  const day = floorToDay(at);
  return bucket === 'day' ? day : addMs(day, -((day.getUTCDay() + 6) % 7) * DAY_MS);
}

function nextBucket(start: Date, bucket: Bucket): Date {
  if (bucket === 'hour') return addMs(start, HOUR_MS);
  if (bucket === 'day') return addMs(start, DAY_MS);
  if (bucket === 'week') return addMs(start, 7 * DAY_MS);
  return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
}

/** A piece of a range with the coarsest counts that fit it exactly. */
export type RatePiece = Interval & { readonly grain: 'row' | 'hour' | 'day' };

/**
 * The range cut so that whole days come from the day rollup, whole hours beside them from the hour rollup, and only what is shorter than an
 * hour from the changes themselves. With buckets of an hour no day rollup is used.
 */
export function piecesOf(range: Interval, bucket: Bucket): RatePiece[] {
  const pieces: RatePiece[] = [];
  const hours = inner(range, HOUR_MS, 'row', 'hour', pieces);
  const cut =
    bucket === 'hour' ? hours : hours.flatMap((piece) => inner(piece, DAY_MS, 'hour', 'day', pieces));
  return [...pieces, ...cut].sort((left, right) => left.from.getTime() - right.from.getTime());
}

/** The whole steps inside the range as one piece; what juts out goes to `outer` at the finer grain. */
function inner(
  range: Interval,
  stepMs: number,
  fine: RatePiece['grain'],
  coarse: RatePiece['grain'],
  outer: RatePiece[],
): RatePiece[] {
  const from = new Date(Math.ceil(range.from.getTime() / stepMs) * stepMs);
  const to = new Date(Math.floor(range.to.getTime() / stepMs) * stepMs);
  if (from >= to) {
    if (range.from < range.to) outer.push({ from: range.from, to: range.to, grain: fine });
    return [];
  }
  if (range.from < from) outer.push({ from: range.from, to: from, grain: fine });
  if (to < range.to) outer.push({ from: to, to: range.to, grain: fine });
  return [{ from, to, grain: coarse }];
}

/** The range of the same length that ends where this one begins. */
export function previousPeriod(range: Interval): Interval {
  return { from: new Date(2 * range.from.getTime() - range.to.getTime()), to: range.from };
}

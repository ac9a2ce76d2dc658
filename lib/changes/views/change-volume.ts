import type { z } from 'zod';
import { view } from '@/lib/auth/view';
import { requestError } from '@/lib/kernel/errors';
import { addMs, DAY_MS, floorToDay, floorToHour, HOUR_MS, toIso } from '@/lib/kernel/instant';
import type { Bucket } from '@/lib/kernel/words';
import type { VolumeDto, volumeQuerySchema } from '../contract-lists';
import { volumeOf } from '../store/read/volume';
import { checkedFilter, searchOf } from './list-changes';

const DEFAULT_DAYS = 30;
const MAX_POINTS = 5_000;

/** Counts of changes over time, every bucket of the range, also those with none. */
export const viewVolume = view(
  { permission: 'changes.read' },
  async ({ sql, now }, query: z.output<typeof volumeQuerySchema>): Promise<VolumeDto> => {
    const { bucket: wanted, ...filter } = checkedFilter(query);
    const to = filter.to === undefined ? addMs(floorToDay(now), DAY_MS) : new Date(filter.to);
    const from = filter.from === undefined ? addMs(to, -DEFAULT_DAYS * DAY_MS) : new Date(filter.from);
    const days = (to.getTime() - from.getTime()) / DAY_MS;
    const bucket = wanted ?? (days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 400 ? 'week' : 'month');
    const starts = bucketStarts(from, to, bucket);
    const asked = { ...filter, from: toIso(from), to: toIso(to) };
    const rows = new Map(
      (await volumeOf(sql, asked, { bucket, search: await searchOf(sql, asked) })).map((row) => [
        row.bucket.getTime(),
        row,
      ]),
    );
    const none = { total: 0, accountable: 0, unlinked: 0, adHoc: 0, highRisk: 0 };
    const points = starts.map((start, index) => {
      const { bucket: _bucket, ...counts } = rows.get(start.getTime()) ?? { bucket: start, ...none };
      return {
        from: toIso(start),
        to: toIso(starts[index + 1] ?? bucketStarts(start, addMs(start, 32 * DAY_MS), bucket)[1] ?? to),
        ...counts,
      };
    });
    return { from: toIso(from), to: toIso(to), bucket, points };
  },
);

/** Where the buckets that touch the range begin, in UTC. */
export function bucketStarts(from: Date, to: Date, bucket: Bucket): Date[] {
  const starts: Date[] = [];
  for (let at = floorTo(from, bucket); at < to; at = next(at, bucket)) {
    starts.push(at);
    if (starts.length > MAX_POINTS)
      throw requestError(
        'bad_request',
        `cannot count changes: the series would have more than ${MAX_POINTS} points`,
        { hint: 'Ask for a longer bucket.' },
      );
  }
  return starts;
}

function floorTo(at: Date, bucket: Bucket): Date {
  if (bucket === 'hour') return floorToHour(at);
  const day = floorToDay(at);
  if (bucket === 'day') return day;
  if (bucket === 'week') return addMs(day, -((day.getUTCDay() + 6) % 7) * DAY_MS);
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), 1));
}

function next(at: Date, bucket: Bucket): Date {
  if (bucket === 'month') return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 1));
  return addMs(at, bucket === 'hour' ? HOUR_MS : bucket === 'day' ? DAY_MS : 7 * DAY_MS);
}

import { view } from '@/lib/auth/view';
import { bucketStarts } from '@/lib/changes/views/change-volume';
import { addMs, DAY_MS, SECOND_MS, toIso } from '@/lib/kernel/instant';
import type { Bucket } from '@/lib/kernel/words';
import type { MoveFilter, MoveSummaryDto } from '../contract';
import { countByBucket, countFlows, countMoves } from '../store/count-moves';
import { whereMoves } from '../store/move-filter';
import { checkedMoves } from './list-moves';

const MAX_FLOWS = 60;

/** Counts under the list's own filter: every figure opens exactly the rows it counts. */
export const viewMoveSummary = view(
  { permission: 'moves.read' },
  async ({ sql, now }, filter: MoveFilter): Promise<MoveSummaryDto> => {
    const where = whereMoves(checkedMoves(filter), now);
    const { firstAt, lastAt, ...counts } = await countMoves(sql, where, now);
    const flows = await countFlows(sql, where);
    const from = filter.from === undefined ? firstAt : new Date(filter.from);
    const to =
      filter.to === undefined ? (lastAt === null ? null : addMs(lastAt, SECOND_MS)) : new Date(filter.to);
    const series: MoveSummaryDto['series'][number][] = [];
    if (from !== null && to !== null && from < to) {
      const bucket = bucketFor(from, to);
      const points = new Map(
        (await countByBucket(sql, where, bucket)).map((point) => [point.at.getTime(), point]),
      );
      for (const at of bucketStarts(from, to, bucket)) {
        const point = points.get(at.getTime());
        series.push({ at: toIso(at), count: point?.count ?? 0, flagged: point?.flagged ?? 0 });
      }
    }
    return {
      ...counts,
      flows: flows.slice(0, MAX_FLOWS),
      others: flows.slice(MAX_FLOWS).reduce((sum, flow) => sum + flow.count, 0),
      series,
    };
  },
);

function bucketFor(from: Date, to: Date): Bucket {
  const days = (to.getTime() - from.getTime()) / DAY_MS;
  return days <= 2 ? 'hour' : days <= 92 ? 'day' : days <= 732 ? 'week' : 'month';
}

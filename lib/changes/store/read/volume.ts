import type { Sql } from '@/lib/db/sql';
import type { Bucket } from '@/lib/kernel/words';
import type { ChangeFilter } from '../../contract';
import { type SearchHits, whereOf } from './change-filter';
import { countable, isRolled } from './counts';

export type VolumeRow = {
  readonly bucket: Date;
  readonly total: number;
  readonly accountable: number;
  readonly unlinked: number;
  readonly adHoc: number;
  readonly highRisk: number;
};

const SUMS = `sum(n)::int8 as total, coalesce(sum(n) filter (where excluded_reason is null), 0)::int8 as accountable,
  coalesce(sum(n) filter (where excluded_reason is null and linkage <> 'linked'), 0)::int8 as unlinked,
  coalesce(sum(n) filter (where planning = 'ad_hoc'), 0)::int8 as "adHoc", coalesce(sum(n) filter (where risk >= 3), 0)::int8 as "highRisk"`;

/** Counts by bucket (UTC; weeks begin on Monday) under the filter; buckets without changes are left out. */
export async function volumeOf(
  sql: Sql,
  filter: ChangeFilter,
  asked: { readonly bucket: Bucket; readonly search: SearchHits | null },
): Promise<VolumeRow[]> {
  const { bucket, search } = asked;
  if (bucket !== 'hour' && isRolled(filter)) {
    const rows = countable(filter, search);
    return sql.query<VolumeRow>(
      `select date_trunc('${bucket}', day, 'UTC') as bucket, ${SUMS} from (${rows.sql}) f group by 1 having sum(n) <> 0 order by 1`,
      rows.values,
    );
  }
  const where = whereOf(filter, search);
  return sql.query<VolumeRow>(
    `select bucket, ${SUMS} from (
       select date_trunc('${bucket}', event_date, 'UTC') as bucket, linkage, planning, risk, excluded_reason, count(*) as n from change c where ${where.sql} group by 1, 2, 3, 4, 5
     ) f group by 1 order by 1`,
    where.values,
  );
}

import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { Bucket, Exclusion, Linkage } from '@/lib/kernel/words';
import type { RateCell, RatePiece } from '../model/rate';
import { isNarrowed } from '../model/rate-filter';
import { narrowed, parameters, type RowsAsked } from './rate-rows';

export type CellsAsked = { readonly orgIds: readonly string[] | null; readonly bucket: Bucket };

type Row = { at: Date; excluded: Exclusion | ''; linkage: Linkage; provisional: boolean; n: number };

const TABLES = { day: 'ru_day', hour: 'ru_hour' } as const;

/** The counts of a range as they stand now, from the rollups where they fit it and from the changes at its ragged ends. */
export async function readCells(
  sql: Sql,
  pieces: readonly RatePiece[],
  asked: CellsAsked,
): Promise<RateCell[]> {
  const cells: RateCell[] = [];
  for (const { grain, from, to } of pieces) {
    const text =
      grain === 'row'
        ? `select date_trunc($4, event_date, 'UTC') as at, coalesce(excluded_reason, '') as excluded, linkage, confirmed_at is null as provisional, count(*) as n
           from change where event_date >= $1 and event_date < $2 and ($3::uuid[] is null or org_id = any ($3)) group by 1, 2, 3, 4`
        : `select date_trunc($4, bucket, 'UTC') as at, excluded, linkage, provisional, sum(n)::bigint as n
           from ${TABLES[grain]} where bucket >= $1 and bucket < $2 and ($3::uuid[] is null or org_id = any ($3)) group by 1, 2, 3, 4 having sum(n) <> 0`;
    const rows = await sql.query<Row>(text, [from, to, asked.orgIds, asked.bucket]);
    cells.push(...rows.map(cellOf));
  }
  return cells;
}

/** How many changes of the range are unlinked only because their citations were never looked up: not tried yet, or not reached. */
export async function countNotEvaluated(
  sql: Sql,
  range: Interval,
  asked: Pick<RowsAsked, 'orgIds' | 'filter'>,
): Promise<number> {
  const { values, put } = parameters();
  const within = `event_date >= ${put(range.from)} and event_date < ${put(range.to)}${narrowed(put, asked, 'change')}`;
  const rows = await sql.query<{ n: number }>(
    `select (
       select count(*) from change where ${within} and accountable and citable_text is not null and link_checked_at is null
     ) + (
       select count(*) from change where ${within} and linkage_reason = 'not_evaluated' and accountable and link_checked_at is not null
     ) as n`,
    values,
  );
  return rows[0]?.n ?? 0;
}

/** As `countNotEvaluated`, as it stood at the instant: a change with text and no evaluation then is one that cites nothing. */
export async function countNotEvaluatedAsOf(
  sql: Sql,
  range: Interval,
  asked: Pick<RowsAsked, 'orgIds' | 'filter'> & { readonly asOf: Date },
): Promise<number> {
  const { values, put } = parameters();
  const [from, to, org] = [put(range.from), put(range.to), put(asked.orgIds)];
  const judged = `select distinct on (org_id, change_id) org_id, change_id, event_date, reason from link_evaluation
       where event_date >= ${from} and event_date < ${to} and decided_at <= ${put(asked.asOf)} and (${org}::uuid[] is null or org_id = any (${org}))
       order by org_id, change_id, decided_at desc, id desc`;
  const rows = await sql.query<{ n: number }>(
    isNarrowed(asked.filter)
      ? `select count(*) as n from (${judged}) judged join change c on c.event_date = judged.event_date and c.id = judged.change_id and c.org_id = judged.org_id
         where judged.reason = 'not_evaluated'${narrowed(put, asked, 'c')}`
      : `select count(*) as n from (${judged}) judged where reason = 'not_evaluated'`,
    values,
  );
  return rows[0]?.n ?? 0;
}

function cellOf(row: Row): RateCell {
  return {
    at: row.at,
    excluded: row.excluded === '' ? null : row.excluded,
    linkage: row.linkage,
    provisional: row.provisional,
    n: row.n,
  };
}

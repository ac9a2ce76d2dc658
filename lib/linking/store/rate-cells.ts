import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { Bucket, Exclusion, Linkage } from '@/lib/kernel/words';
import type { RateCell, RatePiece } from '../model/rate';

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

/** Whether linking says what the change is: a rule may excuse it now and not have done so then, or the other way round. */
const JUDGED = `(c.accountable or (c.excluded_reason = 'excused' and c.link_checked_at is not null))`;

/**
 * The counts of a range as they stood at the instant: changes received by then, each with the last evaluation decided by then, else with the
 * linkage it was born with (unlinked when accountable).
 */
export async function readCellsAsOf(
  sql: Sql,
  range: Interval,
  asked: CellsAsked & { readonly asOf: Date },
): Promise<RateCell[]> {
  const rows = await sql.query<Row>(
    `with judged as (
       select distinct on (org_id, change_id) org_id, change_id, linkage from link_evaluation
       where event_date >= $1 and event_date < $2 and decided_at <= $5 and ($3::uuid[] is null or org_id = any ($3))
       order by org_id, change_id, decided_at desc, id desc
     )
     select date_trunc($4, c.event_date, 'UTC') as at,
       case when not ${JUDGED} then coalesce(c.excluded_reason, '') when j.linkage = 'not_applicable' then 'excused' else '' end as excluded,
       case when ${JUDGED} then coalesce(j.linkage, 'unlinked') else 'not_applicable' end as linkage,
       c.confirmed_at is null or c.confirmed_at > $5 as provisional, count(*) as n
     from change c left join judged j on j.org_id = c.org_id and j.change_id = c.id
     where c.event_date >= $1 and c.event_date < $2 and c.received_at <= $5 and ($3::uuid[] is null or c.org_id = any ($3))
     group by 1, 2, 3, 4`,
    [range.from, range.to, asked.orgIds, asked.bucket, asked.asOf],
  );
  return rows.map(cellOf);
}

/** How many changes of the range are unlinked only because their citations were never looked up: not tried yet, or not reached. */
export async function countNotEvaluated(
  sql: Sql,
  range: Interval,
  orgIds: readonly string[] | null,
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `select (
       select count(*) from change where event_date >= $1 and event_date < $2 and ($3::uuid[] is null or org_id = any ($3))
         and accountable and citable_text is not null and link_checked_at is null
     ) + (
       select count(*) from change where event_date >= $1 and event_date < $2 and ($3::uuid[] is null or org_id = any ($3))
         and linkage_reason = 'not_evaluated' and accountable and link_checked_at is not null
     ) as n`,
    [range.from, range.to, orgIds],
  );
  return rows[0]?.n ?? 0;
}

/** As `countNotEvaluated`, as it stood at the instant: a change with text and no evaluation then is one that cites nothing. */
export async function countNotEvaluatedAsOf(
  sql: Sql,
  range: Interval,
  asked: { orgIds: readonly string[] | null; asOf: Date },
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `select count(*) as n from (
       select distinct on (org_id, change_id) reason from link_evaluation
       where event_date >= $1 and event_date < $2 and decided_at <= $4 and ($3::uuid[] is null or org_id = any ($3))
       order by org_id, change_id, decided_at desc, id desc
     ) judged where reason = 'not_evaluated'`,
    [range.from, range.to, asked.orgIds, asked.asOf],
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

import type { Sql } from '@/lib/db/sql';
import { MOVES_READ, reviewState, type Where } from './move-filter';
import { LINKAGE_NOW } from './move-rows';

const FLAGGED = `(m.self_move_by is not null or m.boundary_cross is true or m.restricted is true or cardinality(m.address_flags) > 0)`;

export type MoveCounts = {
  readonly total: number;
  readonly self: number;
  readonly boundaryCross: number;
  readonly boundaryNotEvaluated: number;
  readonly restricted: number;
  readonly pending: number;
  readonly overdue: number;
  readonly unlinked: number;
  readonly flaggedAddress: number;
  readonly unaudited: number;
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
};

/** Counts of the moves under a filter. */
export async function countMoves(sql: Sql, where: Where, now: Date): Promise<MoveCounts> {
  const values = [...where.values];
  const state = reviewState(`$${values.push(now)}::timestamptz`);
  const [row] = await sql.query<MoveCounts>(
    `select count(*) as total, count(*) filter (where m.self_move_by is not null) as self,
       count(*) filter (where m.boundary_cross) as "boundaryCross", count(*) filter (where m.boundary_cross is null) as "boundaryNotEvaluated",
       count(*) filter (where m.restricted) as restricted, count(*) filter (where ${state} = 'pending') as pending,
       count(*) filter (where ${state} = 'overdue') as overdue, count(*) filter (where ${LINKAGE_NOW} = 'unlinked') as unlinked,
       count(*) filter (where cardinality(m.address_flags) > 0) as "flaggedAddress", count(*) filter (where m.change_id is null) as unaudited,
       min(m.at) as "firstAt", max(m.at) as "lastAt"
     from ${MOVES_READ} where ${where.sql}`,
    values,
  );
  if (row === undefined) throw new Error('counting gives one row');
  return row;
}

export type Flow = { readonly from: string | null; readonly to: string | null; readonly count: number };

/** How many moves went from which division to which, the commonest first; divisions by their latest name among these moves. */
export async function countFlows(sql: Sql, where: Where): Promise<Flow[]> {
  return sql.query<Flow>(
    `select (array_agg(m.from_name order by m.at desc))[1] as "from", (array_agg(m.to_name order by m.at desc))[1] as "to", count(*) as count
     from ${MOVES_READ} where ${where.sql} group by m.org_id, m.from_id, m.to_id order by count(*) desc, m.from_id, m.to_id`,
    where.values,
  );
}

export type MovePoint = { readonly at: Date; readonly count: number; readonly flagged: number };

/** Moves by bucket (UTC); buckets without any are left out. */
export async function countByBucket(
  sql: Sql,
  where: Where,
  bucket: 'hour' | 'day' | 'week' | 'month',
): Promise<MovePoint[]> {
  return sql.query<MovePoint>(
    `select date_trunc('${bucket}', m.at, 'UTC') as at, count(*) as count, count(*) filter (where ${FLAGGED}) as flagged
     from ${MOVES_READ} where ${where.sql} group by 1 order by 1`,
    where.values,
  );
}

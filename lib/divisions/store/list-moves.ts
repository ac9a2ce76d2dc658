import type { Sql } from '@/lib/db/sql';
import type { RecordedMove } from '../model/recorded-move';
import { MOVES_READ, WHY, type Where } from './move-filter';
import { MOVE_COLUMNS, type MoveContext, type MoveRow, moveOfRow } from './move-rows';

/** A move with its last review and what asked for it. */
export type ListedMove = {
  readonly move: RecordedMove;
  readonly review: {
    readonly decidedAt: Date;
    readonly outcome: 'approved' | 'rejected';
    readonly reviewer: string;
    readonly comment: string;
  } | null;
  readonly why: string | null;
};

type Row = MoveRow &
  MoveContext & {
    decided_at: Date | null;
    outcome: 'approved' | 'rejected' | null;
    reviewer: string | null;
    comment: string | null;
    why: string | null;
  };

const COLUMNS = `${MOVE_COLUMNS}, r.decided_at, r.outcome, r.reviewer, r.comment, ${WHY} as why`;

/** One page of moves by keyset: after `after`, in event time, newest or oldest first. */
export async function listMoves(
  sql: Sql,
  where: Where,
  page: {
    readonly after: { readonly at: string; readonly id: string } | null;
    readonly sort: 'newest' | 'oldest';
    readonly limit: number;
  },
): Promise<ListedMove[]> {
  const values = [...where.values];
  const newest = page.sort === 'newest';
  let key = '';
  if (page.after !== null) {
    const at = `$${values.push(page.after.at)}::timestamptz`;
    key = ` and (m.at, m.id) ${newest ? '<' : '>'} (${at}, $${values.push(page.after.id)})`;
  }
  const direction = newest ? 'desc' : 'asc';
  const rows = await sql.query<Row>(
    `select ${COLUMNS} from ${MOVES_READ} where ${where.sql}${key} order by m.at ${direction}, m.id ${direction} limit $${values.push(page.limit)}`,
    values,
  );
  return rows.map(listed);
}

/** One move by its id, or null when this connection sees none in these organisations. */
export async function moveById(sql: Sql, orgIds: readonly string[], id: string): Promise<ListedMove | null> {
  const [row] = await sql.query<Row>(
    `select ${COLUMNS} from ${MOVES_READ} where m.org_id = any ($1::uuid[]) and m.id = $2 limit 1`,
    [orgIds, id],
  );
  return row === undefined ? null : listed(row);
}

function listed(row: Row): ListedMove {
  const { decided_at: decidedAt, outcome, reviewer, comment } = row;
  return {
    move: moveOfRow(row),
    review:
      decidedAt === null || outcome === null
        ? null
        : { decidedAt, outcome, reviewer: reviewer ?? '', comment: comment ?? '' },
    why: row.why,
  };
}

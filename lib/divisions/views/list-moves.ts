import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { loadDivisionNames } from '@/lib/directory/store/policies';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { MoveDto, MoveFilter, MoveListQuery } from '../contract';
import { type ListedMove, listMoves } from '../store/list-moves';
import { whereMoves } from '../store/move-filter';
import { type DivisionsNow, moveDto } from './move-dto';

/** One page of division moves under a filter, newest first unless asked otherwise; stable while new ones arrive. */
export const viewMoves = view(
  { permission: 'moves.read' },
  async ({ sql, now }, query: MoveListQuery): Promise<Page<MoveDto>> => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const rows = await listMoves(sql, whereMoves(checkedMoves(query), now), {
      after: afterOf(query.cursor),
      sort: query.sort ?? 'newest',
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1)?.move : undefined;
    return {
      items: await toMoveDtos(sql, shown, now),
      nextCursor: last === undefined ? null : encodeCursor([toIso(last.at), last.id]),
    };
  },
);

/** The filter, or `bad_request` when its range is empty. */
export function checkedMoves<F extends MoveFilter>(filter: F): F {
  if (
    filter.from !== undefined &&
    filter.to !== undefined &&
    Date.parse(filter.from) >= Date.parse(filter.to)
  )
    throw requestError('bad_request', 'cannot list moves: `from` is not before `to`');
  return filter;
}

/** Rows with what their divisions are called today beside what they were called then. */
export async function toMoveDtos(sql: Sql, rows: readonly ListedMove[], now: Date): Promise<MoveDto[]> {
  const divisions = new Map<string, DivisionsNow>();
  for (const orgId of new Set(rows.map(({ move }) => move.orgId)))
    divisions.set(
      orgId,
      new Map((await loadDivisionNames(sql, orgId, now)).map((division) => [division.id, division])),
    );
  return rows.map((row) => moveDto(row, { divisions: divisions.get(row.move.orgId) ?? new Map(), now }));
}

function afterOf(cursor: string | undefined): { at: string; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at))) return { at, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

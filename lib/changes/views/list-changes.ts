import { view } from '@/lib/auth/view';
import type { Sql } from '@/lib/db/sql';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import { readClaims } from '@/lib/linking/link-claims';
import { sessionScope } from '@/lib/sessions/session-scope';
import type { ChangeDto, ChangeFilter, ChangeListQuery, LinkClaimDto } from '../contract';
import { type SearchHits, whereOf } from '../store/read/change-filter';
import {
  type ChangeRow,
  type ListKey,
  leafHashes,
  listChanges,
  searchNames,
} from '../store/read/change-rows';
import { changeDto } from './change-dto';

/** One page of changes under a filter, newest first unless asked otherwise; stable while new ones arrive. */
export const viewChanges = view(
  { permission: 'changes.read' },
  async ({ sql }, query: ChangeListQuery): Promise<Page<ChangeDto>> => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const filter = checkedFilter(query);
    const where = whereOf(filter, await searchOf(sql, filter));
    const rows = await listChanges(sql, where, {
      after: afterOf(query.cursor),
      sort: query.sort ?? 'newest',
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    return {
      items: await toDtos(sql, shown),
      nextCursor: last === undefined ? null : encodeCursor([toIso(last.eventDate), last.id]),
    };
  },
);

/** The filter, or `bad_request` when its range is empty. */
export function checkedFilter<F extends ChangeFilter>(filter: F): F {
  if (
    filter.from !== undefined &&
    filter.to !== undefined &&
    Date.parse(filter.from) >= Date.parse(filter.to)
  )
    throw requestError('bad_request', 'cannot list changes: `from` is not before `to`');
  return filter;
}

/** What the search text and the session of a filter were found to mean; null when there is neither. */
export async function searchOf(sql: Sql, filter: ChangeFilter): Promise<SearchHits | null> {
  if (!filter.q && filter.session === undefined) return null;
  return {
    ...(filter.q ? await searchNames(sql, filter.q) : NO_HITS),
    session: filter.session === undefined ? null : await sessionScope(sql, filter.session),
  };
}

const NO_HITS = { entityIds: [], actorIds: [], tooMany: false, changesAt: [] };

/** Rows with their links and their place in the ledger. */
export async function toDtos(sql: Sql, rows: readonly ChangeRow[]): Promise<ChangeDto[]> {
  const hashes = rows.length === 0 ? new Map<string, string>() : await leafHashes(sql, rows);
  const links = new Map<string, LinkClaimDto[]>();
  for (const orgId of new Set(rows.map((row) => row.orgId))) {
    const ids = rows.filter((row) => row.orgId === orgId && row.accountable).map((row) => row.id);
    for (const [id, claims] of await readClaims(sql, orgId, ids)) links.set(id, claims);
  }
  return rows.map((row) =>
    changeDto(row, { links: links.get(row.id) ?? [], leafHash: hashes.get(row.id) ?? '' }),
  );
}

function afterOf(cursor: string | undefined): ListKey | null {
  if (cursor === undefined) return null;
  const [eventDate, id] = decodeCursor(cursor, 2);
  if (typeof eventDate === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(eventDate)))
    return { eventDate, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

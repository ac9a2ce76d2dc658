import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso, toIsoMs } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { PagedQuery } from '../contract';
import type { CollectionRunDto, ObservationDto, QuarantineDto } from '../contract/collection';
import type { QuarantineQuery } from '../contract-lists';
import {
  listObservations,
  listQuarantine,
  listRuns,
  type PageKey,
  type QuarantineRow,
} from '../store/read/quarantine-rows';

/** Records that could not be read, newest first, each with what came of reading it again. */
export const viewQuarantine = view(
  { permission: 'quarantine.read' },
  async ({ sql, viewer }, query: QuarantineQuery): Promise<Page<QuarantineDto>> => {
    const { limit, after } = pageOf(query);
    const rows = await listQuarantine(sql, {
      orgIds: orgsOf(query, viewer.orgIds),
      after,
      limit: limit + 1,
      state: query.state ?? null,
    });
    return pageFrom(rows, limit, { key: (row) => [row.receivedAt, row.id], dto: quarantineDto });
  },
);

/** One quarantined record. Throws `not_found`. */
export const viewQuarantined = view(
  { permission: 'quarantine.read' },
  async ({ sql, viewer }, { id }: { readonly id: string }): Promise<QuarantineDto> => {
    const [row] = await listQuarantine(sql, { orgIds: viewer.orgIds, after: null, limit: 1, id });
    if (row === undefined)
      throw requestError(
        'not_found',
        'cannot show the quarantined record: there is none with this id that you may see',
      );
    return quarantineDto(row);
  },
);

/** The schema history: what was seen for the first time, retyped or removed, and records told again with other content. */
export const viewObservations = view(
  { permission: 'quarantine.read' },
  async ({ sql, viewer }, query: PagedQuery): Promise<Page<ObservationDto>> => {
    const { limit, after } = pageOf(query);
    const rows = await listObservations(sql, {
      orgIds: orgsOf(query, viewer.orgIds),
      after,
      limit: limit + 1,
    });
    return pageFrom(rows, limit, {
      key: (row) => [row.firstSeenAt, row.id],
      dto: (row) => ({ ...row, firstSeenAt: toIso(row.firstSeenAt) }),
    });
  },
);

/** Collections in progress and done, newest first. */
export const viewCollections = view(
  { permission: 'collections.read' },
  async ({ sql, viewer }, query: PagedQuery): Promise<Page<CollectionRunDto>> => {
    const { limit, after } = pageOf(query);
    const rows = await listRuns(sql, { orgIds: orgsOf(query, viewer.orgIds), after, limit: limit + 1 });
    return pageFrom(rows, limit, {
      key: (row) => [row.startedAt, row.id],
      dto: (row) => ({
        ...row,
        from: toIso(row.from),
        to: toIso(row.to),
        startedAt: toIso(row.startedAt),
        finishedAt: row.finishedAt === null ? null : toIso(row.finishedAt),
      }),
    });
  },
);

function quarantineDto(row: QuarantineRow): QuarantineDto {
  return { ...row, receivedAt: toIso(row.receivedAt) };
}

function orgsOf(query: PagedQuery, orgIds: readonly string[]): readonly string[] {
  const wanted = query.org?.map((id) => id.toLowerCase());
  return wanted === undefined ? orgIds : orgIds.filter((id) => wanted.includes(id));
}

function pageOf(query: PagedQuery): { limit: number; after: PageKey | null } {
  const limit = query.limit ?? DEFAULT_PAGE_SIZE;
  if (query.cursor === undefined) return { limit, after: null };
  const [at, id] = decodeCursor(query.cursor, 2);
  if (typeof at === 'string' && typeof id === 'string' && !Number.isNaN(Date.parse(at)))
    return { limit, after: { at, id } };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

function pageFrom<Row, Dto>(
  rows: readonly Row[],
  limit: number,
  as: { key: (row: Row) => [Date, string]; dto: (row: Row) => Dto },
): Page<Dto> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  if (last === undefined) return { items: shown.map(as.dto), nextCursor: null };
  const [at, id] = as.key(last);
  return { items: shown.map(as.dto), nextCursor: encodeCursor([toIsoMs(at), id]) };
}

import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { DirectoryKind } from '@/lib/kernel/words';
import type { DirectoryItemDto, DirectoryListQuery } from '../contract';
import { listAt, searchIds } from '../store/as-of';
import { divisionNames, instantOf, orgOf, pageOf } from './ask';
import { itemDto } from './to-dto';

/** Things of one kind as they were at an instant, in order of id; with `q` those that have the id or ever had such a name. */
export const viewKind = view<DirectoryListQuery & { kind: DirectoryKind }, Page<DirectoryItemDto>>(
  { permission: 'directory.read' },
  async (context, input) => {
    const { sql } = context;
    const { kind } = input;
    const at = instantOf(input.at, context);
    const orgId = orgOf(context, input.org);
    if (orgId === null) return { items: [], nextCursor: null };
    const limit = input.limit ?? DEFAULT_PAGE_SIZE;
    const afterId = input.cursor ? String(decodeCursor(input.cursor, 1)[0]) : '';
    const found = input.q
      ? (await searchIds(sql, { text: input.q, kinds: [kind], afterId, limit: limit + 1 }))
          .filter((one) => one.orgId === orgId)
          .map((one) => one.id)
      : undefined;
    const withDeleted = input.deleted === 'true' || input.q !== undefined;
    const rows = await listAt(sql, { orgId, kind, at, withDeleted, afterId, limit: limit + 1, ids: found });
    const divisions = await divisionNames(context, orgId, rows, at);
    const items = pageOf(
      rows,
      limit,
      (row) => itemDto(row, divisions),
      (row) => [row.entityId],
    );
    const lastFound = found && found.length > limit ? found[limit - 1] : undefined;
    // Found ids may not have existed at the instant; the search then goes on behind the last of them.
    return lastFound !== undefined && items.nextCursor === null
      ? { ...items, nextCursor: encodeCursor([lastFound]) }
      : items;
  },
);

import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { RequestListQuery } from '../contract/justifications';
import type { RequestDto } from '../contract/manual';
import { listRequests } from '../store/manual/justification-rows';
import { requestDtos } from './request-dto';

/** One page of requests, newest first. What could not be delivered is an open request whose mail is dead. */
export const viewJustifications = view<RequestListQuery, Page<RequestDto>>(
  {
    permission: 'justifications.read',
    journal: () => ({ action: 'justifications.viewed', objectType: 'justification' }),
  },
  async ({ sql, viewer, now }, query) => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    const states =
      query.state?.map((one) => (one === 'sent' || one === 'undeliverable' ? 'open' : one)) ?? null;
    const rows = await listRequests(sql, {
      orgIds: viewer.orgIds,
      now,
      states: states === null || states.length === 0 ? null : [...new Set(states)],
      before: placeOf(query.cursor),
      limit: limit + 1,
    });
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const wanted = new Set(query.state ?? []);
    const items = await requestDtos(sql, page, now);
    return {
      items: wanted.size === 0 ? items : items.filter((one) => wanted.has(one.state)),
      nextCursor:
        rows.length > limit && last !== undefined
          ? encodeCursor([last.askedAt.toISOString(), last.id])
          : null,
    };
  },
);

function placeOf(cursor: string | undefined): { at: Date; id: string } | null {
  if (cursor === undefined) return null;
  const [at, id] = decodeCursor(cursor, 2);
  const instant = new Date(String(at));
  if (typeof id !== 'string' || Number.isNaN(instant.getTime()))
    throw requestError('bad_request', 'cannot read the cursor: it was not made by this list');
  return { at: instant, id };
}

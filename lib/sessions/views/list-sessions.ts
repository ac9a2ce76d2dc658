import { view } from '@/lib/auth/view';
import { decodeCursor, encodeCursor } from '@/lib/kernel/cursor';
import { requestError } from '@/lib/kernel/errors';
import { toIso } from '@/lib/kernel/instant';
import { DEFAULT_PAGE_SIZE, type Page } from '@/lib/kernel/paging';
import type { SessionDto, SessionListQuery } from '../contract';
import { currentId } from '../store/read/session-contents';
import { listSessions, type SessionKey, sessionsById } from '../store/read/session-list';
import { toSessionDtos } from './session-dto';

/** One page of sessions under a filter; nested ones stand in their parent's detail. */
export const viewSessions = view(
  { permission: 'sessions.read' },
  async ({ sql }, query: SessionListQuery): Promise<Page<SessionDto>> => {
    const limit = query.limit ?? DEFAULT_PAGE_SIZE;
    if (query.from !== undefined && query.to !== undefined && Date.parse(query.from) >= Date.parse(query.to))
      throw requestError('bad_request', 'cannot list sessions: `from` is not before `to`');
    const asked = query.q ? await currentId(sql, query.q) : null;
    const named = asked === null ? [] : await sessionsById(sql, [asked]);
    const rows = await listSessions(sql, query, {
      ids: named.map((session) => session.parentId ?? session.id),
      after: afterOf(query),
      limit: limit + 1,
    });
    const shown = rows.slice(0, limit);
    const last = rows.length > limit ? shown.at(-1) : undefined;
    const key = last === undefined || query.sort === 'largest' ? last?.changes : toIso(last.firstAt);
    return {
      items: await toSessionDtos(sql, shown),
      nextCursor: last === undefined || key === undefined ? null : encodeCursor([key, last.id]),
    };
  },
);

function afterOf({ cursor, sort }: SessionListQuery): SessionKey | null {
  if (cursor === undefined) return null;
  const [value, id] = decodeCursor(cursor, 2);
  const fits = sort === 'largest' ? typeof value === 'number' : !Number.isNaN(Date.parse(String(value)));
  if (fits && typeof id === 'string' && (typeof value === 'string' || typeof value === 'number'))
    return { value, id };
  throw requestError('bad_request', 'cannot read the cursor: it was not made by this list', {
    hint: 'Start again without a cursor.',
  });
}

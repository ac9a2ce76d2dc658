import type { SessionDto } from '@/lib/sessions/contract';

/** The whole of a session, also where it began before the page's period; its system records are children, too. */
export function childrenQuery(session: Pick<SessionDto, 'id' | 'firstAt' | 'lastAt'>) {
  return {
    session: session.id,
    accountable: 'all',
    from: session.firstAt,
    to: new Date(Date.parse(session.lastAt) + 1_000).toISOString(),
  };
}

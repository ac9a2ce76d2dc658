import type { Metadata } from 'next';
import { SessionList } from '@/components/sessions/list/session-list';
import { sessionPath, sessionSummaryPath, sessionsPath } from '@/components/sessions/paths';
import { OPEN_SESSION } from '@/components/sessions/session-filter';
import { PageHead } from '@/components/ui/layout/page-head';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { sessionListSchema, sessionSummarySchema } from '@/lib/sessions/contract';
import { viewSessions } from '@/lib/sessions/views/list-sessions';
import { viewSession } from '@/lib/sessions/views/session-detail';
import { viewSessionSummary } from '@/lib/sessions/views/session-summary';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Sessions' };

export default async function SessionsPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const open = params.get(OPEN_SESSION);
  return (
    <Prefetched
      reads={[
        {
          path: sessionsPath(params, scope),
          answer: (query) => viewSessions(viewer, sessionListSchema.parse(query)),
        },
        {
          path: sessionSummaryPath(scope),
          answer: (query) => viewSessionSummary(viewer, sessionSummarySchema.parse(query)),
        },
        ...(open === null
          ? []
          : [{ path: sessionPath(open), answer: () => viewSession(viewer, { id: open }) }]),
      ]}
    >
      <PageHead title="Sessions" />
      <SessionList />
    </Prefetched>
  );
}

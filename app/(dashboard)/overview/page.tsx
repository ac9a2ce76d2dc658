import type { Metadata } from 'next';
import { moveTotalsPath } from '@/components/moves/paths';
import { Overview } from '@/components/overview/overview';
import { highRiskFacetsPath, highRiskPath, ratePath, runsPath } from '@/components/overview/paths';
import { largestSessionsPath, sessionSummaryPath } from '@/components/sessions/paths';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { changeFilterSchema, changeListSchema, pagedQuerySchema } from '@/lib/changes/contract';
import { viewCollections } from '@/lib/changes/views/collection';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { moveFilterSchema } from '@/lib/divisions/contract';
import { viewMoveSummary } from '@/lib/divisions/views/summarise-moves';
import { parseInstant } from '@/lib/kernel/instant';
import { rateQuerySchema } from '@/lib/linking/contract';
import { viewUnlinkedRate } from '@/lib/linking/views';
import { sessionListSchema, sessionSummarySchema } from '@/lib/sessions/contract';
import { viewSessions } from '@/lib/sessions/views/list-sessions';
import { viewSessionSummary } from '@/lib/sessions/views/session-summary';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';
import { alertNeedsReads, coverageRead } from '../reads';

export const metadata: Metadata = { title: 'Overview' };

export default async function OverviewPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const rate = ratePath(scope, parseInstant(params.get('at')));
  return (
    <Prefetched
      reads={[
        coverageRead(viewer, scope),
        ...alertNeedsReads(viewer, scope),
        { path: rate, answer: (query) => viewUnlinkedRate(viewer, rateQuerySchema.parse(query)) },
        { path: highRiskPath(scope), answer: (query) => viewChanges(viewer, changeListSchema.parse(query)) },
        {
          path: highRiskFacetsPath(scope),
          answer: (query) => viewFacets(viewer, changeFilterSchema.parse(query)),
        },
        {
          path: moveTotalsPath(scope),
          answer: (query) => viewMoveSummary(viewer, moveFilterSchema.parse(query)),
        },
        {
          path: largestSessionsPath(scope),
          answer: (query) => viewSessions(viewer, sessionListSchema.parse(query)),
        },
        {
          path: sessionSummaryPath(scope),
          answer: (query) => viewSessionSummary(viewer, sessionSummarySchema.parse(query)),
        },
        { path: runsPath(scope), answer: (query) => viewCollections(viewer, pagedQuerySchema.parse(query)) },
      ]}
    >
      <Overview />
    </Prefetched>
  );
}

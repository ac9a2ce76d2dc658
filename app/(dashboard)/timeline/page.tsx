import type { Metadata } from 'next';
import { changePath } from '@/components/change-detail/change-path';
import { sessionPath } from '@/components/sessions/paths';
import {
  hiddenPath,
  OPEN_CHANGE,
  OPEN_SESSION,
  optionsPath,
  rowCountsPath,
  rowsPath,
  stripPath,
  timelinePath,
} from '@/components/timeline/state';
import { Timeline } from '@/components/timeline/timeline';
import { PageHead } from '@/components/ui/layout/page-head';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { changeFilterSchema, changeListSchema } from '@/lib/changes/contract';
import { timelineQuerySchema } from '@/lib/changes/contract/timeline';
import { viewChange } from '@/lib/changes/views/change-detail';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { viewTimeline } from '@/lib/changes/views/timeline/timeline';
import { viewSession } from '@/lib/sessions/views/session-detail';
import type { PageProps } from '../page-props';
import { signedIn } from '../person';
import { Prefetched, type Read } from '../prefetched';

export const metadata: Metadata = { title: 'Timeline' };

export default async function TimelinePage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const now = new Date();
  const scope = readScope(params, now);
  const { orgs } = scope;
  const extent = { from: scope.range.from.getTime(), to: scope.range.to.getTime() };
  const facetPaths = new Set([
    optionsPath(params, orgs, extent),
    rowCountsPath(params, orgs, extent),
    hiddenPath(params, orgs, extent),
  ]);
  const change = params.get(OPEN_CHANGE);
  const session = params.get(OPEN_SESSION);
  const reads: Read[] = [
    ...[timelinePath(params, orgs, extent), stripPath(params, scope, now)].map(
      (path): Read => ({ path, answer: (query) => viewTimeline(viewer, timelineQuerySchema.parse(query)) }),
    ),
    ...[...facetPaths].map(
      (path): Read => ({ path, answer: (query) => viewFacets(viewer, changeFilterSchema.parse(query)) }),
    ),
    {
      path: rowsPath(params, orgs, extent),
      answer: (query) => viewChanges(viewer, changeListSchema.parse(query)),
    },
    ...(change === null
      ? []
      : [{ path: changePath(change), answer: () => viewChange(viewer, { id: change }) }]),
    ...(session === null
      ? []
      : [{ path: sessionPath(session), answer: () => viewSession(viewer, { id: session }) }]),
  ];
  return (
    <Prefetched reads={reads}>
      <PageHead
        title="Timeline"
        scope="Changes of high and critical risk: what somebody had planned above, what nobody had below"
      />
      <Timeline />
    </Prefetched>
  );
}

import { ME_PATH, ORGANIZATIONS_PATH } from '@/components/api/fixed-paths';
import { BELL_PATH } from '@/components/inbox/paths';
import { coveragePath } from '@/components/overview/paths';
import type { PageScope } from '@/components/url/page-scope';
import { inboxListSchema } from '@/lib/alerts/contract/alerts';
import { viewInbox } from '@/lib/alerts/views/inbox';
import type { Viewer } from '@/lib/auth/viewer';
import { readMe, readOrganizations } from '@/lib/auth/views/people';
import { coverageQuerySchema } from '@/lib/changes/contract';
import { viewCoverage } from '@/lib/changes/views/coverage';
import type { Read } from './prefetched';

/** What the frame shows around every page: the person, the organisations, what is new in the inbox. */
export function frameReads(viewer: Viewer): Read[] {
  return [
    { path: ME_PATH, answer: () => readMe(viewer) },
    { path: ORGANIZATIONS_PATH, answer: () => readOrganizations(viewer) },
    { path: BELL_PATH, answer: (query) => viewInbox(viewer, inboxListSchema.parse(query)) },
  ];
}

/** The coverage of the page's period. */
export function coverageRead(viewer: Viewer, scope: PageScope): Read {
  return {
    path: coveragePath(scope),
    answer: (query) => viewCoverage(viewer, coverageQuerySchema.parse(query)),
  };
}

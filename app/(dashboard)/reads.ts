import { delaysPath } from '@/components/alerts/paths';
import { ME_PATH, ORGANIZATIONS_PATH } from '@/components/api/fixed-paths';
import { BELL_PATH } from '@/components/inbox/paths';
import { coveragePath, criticalAlertsPath } from '@/components/overview/paths';
import { waitingPath } from '@/components/responses/paths';
import type { PageScope } from '@/components/url/page-scope';
import { alertListSchema, inboxListSchema } from '@/lib/alerts/contract/alerts';
import { responseListSchema } from '@/lib/alerts/contract/responses';
import { viewAlertDelays, viewAlerts } from '@/lib/alerts/views/alerts';
import { viewInbox } from '@/lib/alerts/views/inbox';
import { viewResponses } from '@/lib/alerts/views/responses';
import { permissionsOf } from '@/lib/auth/permissions';
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

/** What waits because something was found: approvals for those who decide, critical alerts, dead deliveries. */
export function alertNeedsReads(viewer: Viewer, scope: PageScope): Read[] {
  const decides = permissionsOf(viewer.role).includes('responses.decide');
  return [
    ...(decides
      ? [
          {
            path: waitingPath(scope),
            answer: (query: Parameters<Read['answer']>[0]) =>
              viewResponses(viewer, responseListSchema.parse(query)),
          },
        ]
      : []),
    {
      path: criticalAlertsPath(scope),
      answer: (query) => viewAlerts(viewer, alertListSchema.parse(query)),
    },
    { path: delaysPath(scope), answer: (query) => viewAlertDelays(viewer, alertListSchema.parse(query)) },
  ];
}

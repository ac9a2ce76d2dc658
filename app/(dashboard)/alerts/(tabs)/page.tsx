import type { Metadata } from 'next';
import { alertsPath } from '@/components/alerts/list/alert-filter';
import { AlertList } from '@/components/alerts/list/alert-list';
import { alertPath, DETECTIONS_PATH, delaysPath } from '@/components/alerts/paths';
import { readScope, toSearchParams } from '@/components/url/page-scope';
import { alertListSchema } from '@/lib/alerts/contract/alerts';
import { viewAlert } from '@/lib/alerts/views/alert-detail';
import { viewDetections } from '@/lib/alerts/views/alert-rules';
import { viewAlertDelays, viewAlerts } from '@/lib/alerts/views/alerts';
import type { PageProps } from '../../page-props';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Alerts' };

export default async function AlertsPage({ searchParams }: PageProps) {
  const viewer = await signedIn();
  const params = toSearchParams(await searchParams);
  const scope = readScope(params, new Date());
  const open = params.get('alert');
  return (
    <Prefetched
      reads={[
        {
          path: alertsPath(params, scope),
          answer: (query) => viewAlerts(viewer, alertListSchema.parse(query)),
        },
        {
          path: delaysPath(scope),
          answer: (query) => viewAlertDelays(viewer, alertListSchema.parse(query)),
        },
        { path: DETECTIONS_PATH, answer: () => viewDetections(viewer, {}) },
        ...(open === null ? [] : [{ path: alertPath(open), answer: () => viewAlert(viewer, { id: open }) }]),
      ]}
    >
      <AlertList />
    </Prefetched>
  );
}

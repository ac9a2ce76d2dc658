import type { Metadata } from 'next';
import { AlertPage } from '@/components/alerts/detail/alert-page';
import { alertPath, DETECTIONS_PATH } from '@/components/alerts/paths';
import { viewAlert } from '@/lib/alerts/views/alert-detail';
import { viewDetections } from '@/lib/alerts/views/alert-rules';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Alert' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneAlertPage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched
      reads={[
        { path: alertPath(id), answer: () => viewAlert(viewer, { id }) },
        { path: DETECTIONS_PATH, answer: () => viewDetections(viewer, {}) },
      ]}
    >
      <AlertPage id={id} />
    </Prefetched>
  );
}

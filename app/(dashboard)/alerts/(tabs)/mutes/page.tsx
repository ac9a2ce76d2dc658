import type { Metadata } from 'next';
import { MuteList } from '@/components/alerts/mutes/mute-list';
import { DETECTIONS_PATH, MUTES_PATH } from '@/components/alerts/paths';
import { viewDetections } from '@/lib/alerts/views/alert-rules';
import { viewMutes } from '@/lib/alerts/views/mutes';
import { signedIn } from '../../../person';
import { Prefetched } from '../../../prefetched';

export const metadata: Metadata = { title: 'Mutes' };

export default async function MutesPage() {
  const viewer = await signedIn();
  return (
    <Prefetched
      reads={[
        { path: MUTES_PATH, answer: () => viewMutes(viewer, {}) },
        { path: DETECTIONS_PATH, answer: () => viewDetections(viewer, {}) },
      ]}
    >
      <MuteList />
    </Prefetched>
  );
}

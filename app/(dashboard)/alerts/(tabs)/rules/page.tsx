import type { Metadata } from 'next';
import { CHANNELS_PATH, DETECTIONS_PATH, RULES_PATH } from '@/components/alerts/paths';
import { RulesPage } from '@/components/alerts/rules/rules-page';
import { viewAlertRules, viewDetections } from '@/lib/alerts/views/alert-rules';
import { viewChannels } from '@/lib/alerts/views/channels';
import { signedIn } from '../../../person';
import { Prefetched } from '../../../prefetched';

export const metadata: Metadata = { title: 'Alert rules' };

export default async function AlertRulesPage() {
  const viewer = await signedIn();
  return (
    <Prefetched
      reads={[
        { path: RULES_PATH, answer: () => viewAlertRules(viewer, {}) },
        { path: DETECTIONS_PATH, answer: () => viewDetections(viewer, {}) },
        { path: CHANNELS_PATH, answer: () => viewChannels(viewer, {}) },
      ]}
    >
      <RulesPage />
    </Prefetched>
  );
}

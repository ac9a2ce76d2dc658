import type { Metadata } from 'next';
import { HighRiskPage } from '@/components/settings/high-risk/high-risk-page';
import { RISK_RULES_PATH } from '@/components/settings/settings-paths';
import { viewRiskRules } from '@/lib/changes/views/risk-rules';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'High-risk changes' };

export default async function HighRiskSettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: RISK_RULES_PATH, answer: () => viewRiskRules(viewer, {}) }]}>
      <HighRiskPage />
    </Prefetched>
  );
}

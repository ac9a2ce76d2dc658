import type { Metadata } from 'next';
import { PolicyPage } from '@/components/settings/policy-page';
import { SETTINGS_PATH } from '@/components/settings/settings-paths';
import { readSettings } from '@/lib/auth/views/settings';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Policies' };

export default async function PolicySettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: SETTINGS_PATH, answer: () => readSettings(viewer) }]}>
      <PolicyPage />
    </Prefetched>
  );
}

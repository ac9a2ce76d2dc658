import type { Metadata } from 'next';
import { ExcusesPage } from '@/components/settings/excuses/excuses-page';
import { EXCUSES_PATH } from '@/components/settings/excuses/paths';
import { viewExcuseRules } from '@/lib/linking/views/excuses';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'No authorisation needed' };

export default async function ExcuseSettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: EXCUSES_PATH, answer: () => viewExcuseRules(viewer, {}) }]}>
      <ExcusesPage />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { SOURCES_PATH } from '@/components/settings/settings-paths';
import { SourcesPage } from '@/components/settings/sources/sources-page';
import { readSources } from '@/lib/auth/views/sources';
import { signedIn } from '../person';
import { Prefetched } from '../prefetched';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: SOURCES_PATH, answer: () => readSources(viewer, {}) }]}>
      <SourcesPage />
    </Prefetched>
  );
}

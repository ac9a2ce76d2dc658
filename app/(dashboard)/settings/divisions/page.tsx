import type { Metadata } from 'next';
import { DivisionsPage } from '@/components/settings/divisions/divisions-page';
import { TAGS_PATH } from '@/components/settings/settings-paths';
import { viewDivisionTags } from '@/lib/divisions/views/division-tags';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Divisions' };

export default async function DivisionSettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: TAGS_PATH, answer: () => viewDivisionTags(viewer) }]}>
      <DivisionsPage />
    </Prefetched>
  );
}

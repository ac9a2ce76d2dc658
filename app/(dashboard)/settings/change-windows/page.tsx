import type { Metadata } from 'next';
import { WINDOWS_PATH } from '@/components/settings/settings-paths';
import { WindowsPage } from '@/components/settings/windows/windows-page';
import { viewWindows } from '@/lib/directory/views/windows';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Change windows' };

export default async function ChangeWindowsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: WINDOWS_PATH, answer: () => viewWindows(viewer, {}) }]}>
      <WindowsPage />
    </Prefetched>
  );
}

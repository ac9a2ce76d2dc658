import type { Metadata } from 'next';
import { PeoplePage } from '@/components/settings/people/people-page';
import { USERS_PATH } from '@/components/settings/settings-paths';
import { readUsers } from '@/lib/auth/views/people';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'People' };

export default async function PeopleSettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: USERS_PATH, answer: () => readUsers(viewer) }]}>
      <PeoplePage />
    </Prefetched>
  );
}

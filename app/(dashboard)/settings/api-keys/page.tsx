import type { Metadata } from 'next';
import { ApiKeysPage } from '@/components/settings/keys/api-keys-page';
import { API_KEYS_PATH } from '@/components/settings/settings-paths';
import { readApiKeys } from '@/lib/auth/views/people';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'API keys' };

export default async function ApiKeysSettingsPage() {
  const viewer = await signedIn();
  return (
    <Prefetched reads={[{ path: API_KEYS_PATH, answer: () => readApiKeys(viewer) }]}>
      <ApiKeysPage />
    </Prefetched>
  );
}

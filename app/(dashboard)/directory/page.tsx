import type { Metadata } from 'next';
import { OrganisationView } from '@/components/directory/organisation-view';
import { requireViewer } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Directory' };

export default async function DirectoryPage() {
  await requireViewer('directory.read');
  return <OrganisationView />;
}

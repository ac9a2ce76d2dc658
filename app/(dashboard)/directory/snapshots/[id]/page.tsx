import type { Metadata } from 'next';
import { SnapshotView } from '@/components/directory/snapshot-view';
import { requireViewer } from '@/lib/auth/session';

export const metadata: Metadata = { title: 'Snapshot' };

export default async function SnapshotPage({
  params,
}: {
  readonly params: Promise<{ readonly id: string }>;
}) {
  await requireViewer('directory.read');
  return <SnapshotView id={(await params).id} />;
}

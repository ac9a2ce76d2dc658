import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { KindList } from '@/components/directory/kind-list';
import { requireViewer } from '@/lib/auth/session';
import { directoryKindSchema } from '@/lib/directory/contract';

export const metadata: Metadata = { title: 'Directory' };

export default async function KindPage({ params }: { readonly params: Promise<{ readonly kind: string }> }) {
  await requireViewer('directory.read');
  const kind = directoryKindSchema.safeParse((await params).kind);
  if (!kind.success) notFound();
  return <KindList kind={kind.data} />;
}

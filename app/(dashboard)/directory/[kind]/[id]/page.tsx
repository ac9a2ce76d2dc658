import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { EntityView } from '@/components/directory/entity/entity-view';
import { requireViewer } from '@/lib/auth/session';
import { directoryKindSchema } from '@/lib/directory/contract';

export const metadata: Metadata = { title: 'Directory' };

type EntityPageProps = { readonly params: Promise<{ readonly kind: string; readonly id: string }> };

export default async function EntityPage({ params }: EntityPageProps) {
  await requireViewer('directory.read');
  const given = await params;
  const kind = directoryKindSchema.safeParse(given.kind);
  if (!kind.success) notFound();
  return <EntityView kind={kind.data} id={decodeURIComponent(given.id)} />;
}

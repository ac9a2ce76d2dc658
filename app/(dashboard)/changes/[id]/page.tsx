import type { Metadata } from 'next';
import { ChangePage } from '@/components/change-detail/change-page';
import { changePath } from '@/components/change-detail/change-path';
import { viewChange } from '@/lib/changes/views/change-detail';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Change' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneChangePage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched reads={[{ path: changePath(id), answer: () => viewChange(viewer, { id }) }]}>
      <ChangePage id={id} />
    </Prefetched>
  );
}

import type { Metadata } from 'next';
import { MovePage } from '@/components/moves/detail/move-page';
import { movePath } from '@/components/moves/paths';
import { viewMove } from '@/lib/divisions/views/move-detail';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Division move' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneMovePage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched reads={[{ path: movePath(id), answer: () => viewMove(viewer, { id }) }]}>
      <MovePage id={id} />
    </Prefetched>
  );
}

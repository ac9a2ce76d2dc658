import type { Metadata } from 'next';
import { SessionPage } from '@/components/sessions/detail/session-page';
import { sessionPath } from '@/components/sessions/paths';
import { viewSession } from '@/lib/sessions/views/session-detail';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Session' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneSessionPage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched reads={[{ path: sessionPath(id), answer: () => viewSession(viewer, { id }) }]}>
      <SessionPage id={id} />
    </Prefetched>
  );
}

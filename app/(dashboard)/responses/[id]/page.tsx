import type { Metadata } from 'next';
import { ResponseView } from '@/components/responses/detail/response-view';
import { responsePath } from '@/components/responses/paths';
import { viewResponse } from '@/lib/alerts/views/responses';
import { signedIn } from '../../person';
import { Prefetched } from '../../prefetched';

export const metadata: Metadata = { title: 'Response' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function OneResponsePage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched reads={[{ path: responsePath(id), answer: () => viewResponse(viewer, { id }) }]}>
      <ResponseView id={id} />
    </Prefetched>
  );
}

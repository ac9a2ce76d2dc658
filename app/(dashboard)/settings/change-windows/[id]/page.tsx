import type { Metadata } from 'next';
import { windowPath } from '@/components/settings/settings-paths';
import { WindowView } from '@/components/settings/windows/window-view';
import { viewWindow } from '@/lib/directory/views/windows';
import { signedIn } from '../../../person';
import { Prefetched } from '../../../prefetched';

export const metadata: Metadata = { title: 'Change window' };

type Props = { readonly params: Promise<{ readonly id: string }> };

export default async function ChangeWindowPage({ params }: Props) {
  const viewer = await signedIn();
  const id = decodeURIComponent((await params).id);
  return (
    <Prefetched reads={[{ path: windowPath(id), answer: () => viewWindow(viewer, { id }) }]}>
      <WindowView id={id} />
    </Prefetched>
  );
}

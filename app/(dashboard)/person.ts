import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { currentViewer } from '@/lib/auth/session';
import type { Viewer } from '@/lib/auth/viewer';

/** Who looks at this page; whoever is not signed in goes to the sign-in page and comes back here. */
export async function signedIn(): Promise<Viewer> {
  const viewer = await currentViewer();
  if (viewer !== null) return viewer;
  const path = (await headers()).get('x-pathname');
  redirect(path === null ? '/signin' : `/signin?from=${encodeURIComponent(path)}`);
}

import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { cache } from 'react';
import { database } from '@/lib/db/process-database';
import { authorise } from './can';
import type { Permission } from './permissions';
import { authSettings } from './sign-in/auth-settings';
import { viewerOfSession } from './sign-in/authenticate';
import { cookieOption, sidOf } from './sign-in/session-cookie';
import type { Viewer } from './viewer';

/** Who looks at this page, asked of the database once per request; null when nobody is signed in. */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const { publicUrl, secret } = authSettings();
  const [jar, head] = await Promise.all([cookies(), headers()]);
  const sid = await sidOf(jar.get(cookieOption(publicUrl, 'session').name)?.value, secret);
  if (!sid) return null;
  const requestId = head.get('x-request-id') ?? undefined;
  const ip = head.get('x-forwarded-for')?.split(',').at(-1)?.trim();
  return viewerOfSession(database(), sid, { ...(requestId ? { requestId } : {}), ...(ip ? { ip } : {}) });
});

/** The viewer of a page that needs a permission; sends to the sign-in page when nobody is signed in. Throws `forbidden`. */
export async function requireViewer(permission: Permission): Promise<Viewer> {
  const viewer = await currentViewer();
  if (!viewer) redirect(await signInAddress());
  authorise(viewer, permission);
  return viewer;
}

async function signInAddress(): Promise<string> {
  const path = (await headers()).get('x-pathname');
  return path && path !== '/' ? `/signin?from=${encodeURIComponent(path)}` : '/signin';
}

import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { nextAuthOptions } from '@/lib/auth/sign-in/next-auth-options';
import { database } from '@/lib/db/process-database';
import { ipOf, requestIdOf } from '../../read-request';

type Context = { readonly params: Promise<{ nextauth: string[] }> };

async function signIn(request: NextRequest, context: Context): Promise<Response> {
  const { headers } = request;
  const options = nextAuthOptions(database(), {
    ip: ipOf(headers) ?? null,
    requestId: requestIdOf(headers),
    userAgent: headers.get('user-agent'),
  });
  const response: Response = await NextAuth(request, context, options);
  response.headers.set('cache-control', 'no-store');
  return response;
}

export { signIn as GET, signIn as POST };

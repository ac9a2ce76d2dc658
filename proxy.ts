import { type NextRequest, NextResponse } from 'next/server';
import { contentSecurityPolicy, pageHeaders } from '@/lib/auth/page-headers';
import { env } from '@/lib/env/env';

/** Pages; API routes answer for themselves, and built files need nothing of this. */
export const config = { matcher: ['/((?!api/|_next/static|_next/image|favicon.ico|icon.svg).*)'] };

const SESSION_COOKIES = ['__Host-tally-session', 'tally-session'];

/**
 * Runs before every page: request id, nonce and headers, and sends whoever has no session cookie to the sign-in page. It is a
 * convenience, never the guard: each page and route asks the database who looks (requireViewer, handle).
 */
export function proxy(request: NextRequest): NextResponse {
  const { publicUrl, secureCookies, NODE_ENV } = env();
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const nonce = Buffer.from(crypto.randomUUID()).toString('base64');
  const policy = contentSecurityPolicy({ nonce, development: NODE_ENV === 'development' });
  const requestId = crypto.randomUUID();

  const response = mayPass(request)
    ? NextResponse.next({
        request: { headers: forPage(request.headers, { nonce, policy, requestId, path }) },
      })
    : NextResponse.redirect(signInAddress(publicUrl, path));
  for (const [name, value] of Object.entries(pageHeaders({ policy, secure: secureCookies }))) {
    response.headers.set(name, value);
  }
  response.headers.set('x-request-id', requestId);
  return response;
}

function mayPass(request: NextRequest): boolean {
  const { pathname } = request.nextUrl;
  // Whoever is asked for a justification has no account: the signed link in the address is what lets them in.
  if (pathname === '/signin' || pathname.startsWith('/answer/')) return true;
  return SESSION_COOKIES.some((name) => request.cookies.has(name));
}

function signInAddress(publicUrl: string, path: string): URL {
  const address = new URL('/signin', publicUrl);
  if (path !== '/') address.searchParams.set('from', path);
  return address;
}

/** The request as pages see it. Next takes the nonce for its own scripts from the policy in the request. */
function forPage(
  given: Headers,
  of: { nonce: string; policy: string; requestId: string; path: string },
): Headers {
  const headers = new Headers(given);
  headers.set('x-nonce', of.nonce);
  headers.set('content-security-policy', of.policy);
  headers.set('x-request-id', of.requestId);
  headers.set('x-pathname', of.path);
  return headers;
}

import { createHash, randomBytes } from 'node:crypto';
import { decode } from 'next-auth/jwt';

/** Absolute life of a session; the database row ends it, the cookie merely does not outlive it. */
export const SESSION_SECONDS = 12 * 3600;
export const IDLE_SECONDS = 30 * 60;
export const AUDITOR_IDLE_SECONDS = 15 * 60;

type CookieOption = {
  name: string;
  options: { httpOnly: boolean; sameSite: 'lax'; path: string; secure: boolean };
};
type CookieName = 'session' | 'csrf' | 'callback' | 'state' | 'pkce' | 'nonce';

/**
 * A cookie of ours. On https the `__Host-` name binds it to this host and to TLS; on http browsers would drop such a
 * cookie without a word on most hosts, so there it has a plain name (and the sign-in page says so).
 */
export function cookieOption(publicUrl: string, name: CookieName): CookieOption {
  const secure = publicUrl.startsWith('https://');
  return {
    name: secure ? `__Host-tally-${name}` : `tally-${name}`,
    options: { httpOnly: true, sameSite: 'lax', path: '/', secure },
  };
}

/** A new session id: 256 random bits. Only its hash is stored. */
export function newSid(): string {
  return randomBytes(32).toString('base64url');
}

export function sidHash(sid: string): Buffer {
  return createHash('sha256').update(sid).digest();
}

/** The session id in the cookie's encrypted token, or null when it is no token of ours or has run out. */
export async function sidOf(cookie: string | undefined, secret: string): Promise<string | null> {
  if (!cookie || cookie.length > 4096) return null;
  try {
    const token = await decode({ token: cookie, secret });
    return typeof token?.sid === 'string' ? token.sid : null;
  } catch {
    // Whatever does not decrypt was not made with our secret: nobody is signed in.
    return null;
  }
}

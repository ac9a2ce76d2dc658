import type { NextAuthOptions, Profile } from 'next-auth';
import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { Database } from '@/lib/db/connection';
import { log } from '@/lib/log/log';
import { authSettings, type OidcSettings } from './auth-settings';
import { type ProvenIdentity, resolveIdentity } from './resolve-identity';
import { cookieOption, SESSION_SECONDS } from './session-cookie';
import { openSession, signOut } from './sessions';
import { signInWithPassword } from './sign-in-with-password';

/** Name of the OpenID provider in addresses: `/api/auth/callback/oidc` is what is registered there. */
export const OIDC_PROVIDER = 'oidc';

export type SignInRequest = {
  readonly ip: string | null;
  readonly requestId: string | null;
  readonly userAgent: string | null;
};

/**
 * next-auth for one request. Its cookie carries nothing but the id of a session row, which decides everything; the library
 * does the CSRF token, the OpenID flow (PKCE, state, nonce) and the encryption of the cookie.
 */
export function nextAuthOptions(db: Database, request: SignInRequest): NextAuthOptions {
  const { publicUrl, secret, oidc } = authSettings();
  const { ip, requestId } = request;
  return {
    secret,
    session: { strategy: 'jwt', maxAge: SESSION_SECONDS },
    useSecureCookies: publicUrl.startsWith('https://'),
    pages: { signIn: '/signin', error: '/signin', signOut: '/signin' },
    cookies: {
      sessionToken: cookieOption(publicUrl, 'session'),
      csrfToken: cookieOption(publicUrl, 'csrf'),
      callbackUrl: cookieOption(publicUrl, 'callback'),
      state: cookieOption(publicUrl, 'state'),
      pkceCodeVerifier: cookieOption(publicUrl, 'pkce'),
      nonce: cookieOption(publicUrl, 'nonce'),
    },
    providers: [passwordProvider(db, request), ...(oidc ? [oidcProvider(oidc)] : [])],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.provider !== OIDC_PROVIDER) return true;
        const identity = oidc ? identityOf(profile, oidc) : null;
        if (!identity) return '/signin?error=no_access';
        const outcome = await resolveIdentity(db, identity, { ip, requestId, now: new Date() });
        if (outcome.kind === 'refused') return '/signin?error=no_access';
        user.id = outcome.userId; // from here on the person is ours, not the provider's
        return true;
      },
      async jwt({ token, user, account }) {
        // A fresh object: name, e-mail and picture stay out of the cookie.
        if (!user) return { sid: token.sid };
        const method = account?.provider === OIDC_PROVIDER ? 'oidc' : 'password';
        return { sid: await openSession(db, { ...request, userId: user.id, method, now: new Date() }) };
      },
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url }) => addressWithin(publicUrl, url),
    },
    events: {
      async signOut({ token }) {
        if (typeof token?.sid === 'string') await signOut(db, token.sid);
      },
    },
    logger: {
      error: (code) => log.warn({ room: 'auth', code }, 'sign-in failed'),
      warn: (code) => log.debug({ room: 'auth', code }, 'sign-in warning'),
      debug: () => {},
    },
  };
}

function passwordProvider(db: Database, request: SignInRequest): NextAuthOptions['providers'][number] {
  return {
    id: 'credentials',
    name: 'E-mail and password',
    type: 'credentials',
    credentials: { email: {}, password: {} },
    // The library reads `options` where a provider was made by its own factory; ours is whole.
    options: {},
    async authorize(credentials: Record<'email' | 'password', string> | undefined) {
      const { email, password } = credentials ?? {};
      if (typeof email !== 'string' || typeof password !== 'string') return null;
      const { ip, requestId } = request;
      const outcome = await signInWithPassword(db, { email, password, ip, requestId, now: new Date() });
      if (outcome.kind === 'throttled') throw new Error(`throttled:${outcome.retryAfterSeconds}`);
      return outcome.kind === 'signed_in' ? { id: outcome.userId } : null;
    },
  };
}

function oidcProvider(settings: OidcSettings): OAuthConfig<Profile> {
  return {
    id: OIDC_PROVIDER,
    name: 'Single sign-on',
    type: 'oauth',
    wellKnown: `${settings.issuer.replace(/\/$/, '')}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile' } },
    userinfo: {
      // Some providers put the e-mail address into the userinfo answer only; its subject is checked against the token's.
      async request({ client, tokens }) {
        const claims = 'claims' in tokens && typeof tokens.claims === 'function' ? tokens.claims() : {};
        if (claims.email !== undefined || !tokens.access_token) return claims;
        return { ...(await client.userinfo(tokens.access_token)), ...claims };
      },
    },
    profile: (claims) => ({ id: claims.sub ?? '' }),
  };
}

/** The identity in the claims of a checked token; null when the issuer is not the one configured. */
function identityOf(profile: Profile | undefined, { issuer }: OidcSettings): ProvenIdentity | null {
  if (!profile?.sub) return null;
  const claims = new Map(Object.entries(profile));
  const said = claims.get('iss');
  if (typeof said !== 'string' || said.replace(/\/$/, '') !== issuer.replace(/\/$/, '')) return null;
  const email = claims.get('email');
  return {
    issuer: said,
    subject: profile.sub,
    email: typeof email === 'string' && email.includes('@') ? email.toLowerCase() : null,
    emailVerified: claims.get('email_verified') === true,
  };
}

/** Where to go after signing in: inside this installation only. */
function addressWithin(publicUrl: string, url: string): string {
  if (/^\/(?![/\\])/.test(url)) return `${publicUrl}${url}`;
  return URL.canParse(url) && new URL(url).origin === new URL(publicUrl).origin ? url : publicUrl;
}

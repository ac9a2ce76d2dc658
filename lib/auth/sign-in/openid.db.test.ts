import { createServer, type Server } from 'node:http';
import NextAuth from 'next-auth';
import { Provider } from 'oidc-provider';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { createUser } from '../people/create-user';
import { provideAuthSettings } from './auth-settings';
import { viewerOfSession } from './authenticate';
import { nextAuthOptions } from './next-auth-options';
import { sidOf } from './session-cookie';

const SECRET = 'a secret for cookies of more than 32 characters';
const PUBLIC_URL = 'http://localhost:3000';

let t: TestDatabase;
let provider: Server;
let issuer = '';

beforeAll(async () => {
  t = await testDatabase();
  provider = createServer();
  await new Promise<void>((ready) => provider.listen(0, '127.0.0.1', ready));
  const address = provider.address();
  if (address === null || typeof address === 'string') throw new Error('the provider has no port');
  issuer = `http://127.0.0.1:${address.port}`;
  vi.spyOn(console, 'warn').mockImplementation(() => {}); // the provider warns about its development settings
  provider.on('request', openIdProvider(issuer).callback());
  vi.stubEnv('NEXTAUTH_URL', PUBLIC_URL);
  provideAuthSettings({
    publicUrl: PUBLIC_URL,
    secret: SECRET,
    oidc: { issuer, clientId: 'tallystick', clientSecret: 'client-secret-of-the-test' },
  });
});
afterAll(async () => {
  provider.closeAllConnections();
  provider.close();
  vi.unstubAllEnvs();
  await t.drop();
});

/** A real OpenID provider: each login name is an account; e-mail only in the userinfo answer, as many do. */
function openIdProvider(at: string): Provider {
  return new Provider(at, {
    clients: [
      {
        client_id: 'tallystick',
        client_secret: 'client-secret-of-the-test',
        redirect_uris: [`${PUBLIC_URL}/api/auth/callback/oidc`],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        email: `${sub}@example.com`,
        email_verified: !sub.startsWith('unverified'),
        name: sub,
      }),
    }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
  });
}

/** A browser's memory: cookies by origin. */
class Jar {
  private readonly cookies = new Map<string, Map<string, string>>();
  of(url: string): string {
    return [...(this.cookies.get(new URL(url).origin) ?? [])]
      .map(([name, value]) => `${name}=${value}`)
      .join('; ');
  }
  all(url: string): Record<string, string> {
    const mine = this.cookies.get(new URL(url).origin) ?? [];
    return Object.fromEntries([...mine].map(([name, value]) => [name, decodeURIComponent(value)]));
  }
  get(url: string, name: string): string | undefined {
    return this.cookies.get(new URL(url).origin)?.get(name);
  }
  keep(url: string, lines: readonly string[]): void {
    const mine = this.cookies.get(new URL(url).origin) ?? new Map<string, string>();
    this.cookies.set(new URL(url).origin, mine);
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (pair.slice(at + 1) === '') mine.delete(pair.slice(0, at));
      else mine.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

/** What our route answers: the library with our options, by its door for plain Node requests. */
async function ours(jar: Jar, path: string, form?: Record<string, string>) {
  const url = new URL(`${PUBLIC_URL}/api/auth/${path}`);
  const headers = new Map<string, string | string[]>();
  let body: unknown = null;
  const response = {
    status: () => response,
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: string | string[]) {
      headers.set(name.toLowerCase(), value);
      return response;
    },
    json: (value: unknown) => {
      body = value;
    },
    send: (value: unknown) => {
      body = value;
    },
    end: () => {},
  };
  const request = {
    method: form ? 'POST' : 'GET',
    query: { ...Object.fromEntries(url.searchParams), nextauth: url.pathname.split('/').slice(3) },
    body: form ?? {},
    cookies: jar.all(url.href),
    headers: { host: url.host },
  };
  const options = nextAuthOptions(t.db, { ip: '192.0.2.1', requestId: null, userAgent: 'test' });
  await Reflect.apply(NextAuth, null, [request, response, options]);
  jar.keep(url.href, [headers.get('set-cookie') ?? []].flat());
  const location = headers.get('location');
  return {
    body: z
      .object({ csrfToken: z.string() })
      .partial()
      .parse(body ?? {}),
    redirect: typeof location === 'string' ? location : '',
  };
}

/** Follows the provider's pages until it sends the browser back to us; returns that address. */
async function signInAtProvider(jar: Jar, start: string, login: string): Promise<URL> {
  let url = start;
  let form: URLSearchParams | undefined;
  for (let step = 0; step < 12; step++) {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: jar.of(url) },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    jar.keep(url, response.headers.getSetCookie());
    form = undefined;
    const location = response.headers.get('location');
    if (location) {
      url = new URL(location, url).href;
      if (url.startsWith(PUBLIC_URL)) return new URL(url);
      continue;
    }
    const page = await response.text();
    url = new URL(/action="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? '', url).href;
    form = new URLSearchParams(
      page.includes('name="login"') ? { prompt: 'login', login, password: 'x' } : { prompt: 'consent' },
    );
  }
  throw new Error(`the provider never came back; last at ${url}`);
}

async function wholeFlow(login: string, tamper: (back: URL, jar: Jar) => void = () => {}) {
  const jar = new Jar();
  const { body } = await ours(jar, 'csrf');
  const started = await ours(jar, 'signin/oidc', {
    csrfToken: body.csrfToken ?? '',
    callbackUrl: `${PUBLIC_URL}/changes`,
  });
  const start = new URL(started.redirect);
  const back = await signInAtProvider(jar, start.href, login);
  tamper(back, jar);
  const done = await ours(jar, `callback/oidc${back.search}`);
  const sid = await sidOf(jar.get(PUBLIC_URL, 'tally-session'), SECRET);
  return { start, redirect: done.redirect, viewer: sid ? await viewerOfSession(t.db, sid, {}) : null };
}

const invite = (name: string) =>
  createUser(
    t.db,
    { email: `${name}@example.com`, name, role: 'auditor', password: { kind: 'invite' } },
    SYSTEM_ACTOR,
  );

test('an invited person signs in through a real OpenID provider, with PKCE, state and nonce', async () => {
  await invite('ada');
  const { start, redirect, viewer } = await wholeFlow('ada');
  expect(start.searchParams.get('code_challenge_method')).toBe('S256');
  expect(start.searchParams.get('state')).toBeTruthy();
  expect(start.searchParams.get('nonce')).toBeTruthy();
  expect(redirect).toBe(`${PUBLIC_URL}/changes`);
  expect(viewer).toMatchObject({ kind: 'person', name: 'ada', role: 'auditor' });

  const again = await wholeFlow('ada');
  expect(again.viewer?.id).toBe(viewer?.id);
});

test('somebody the provider knows but nobody invited is sent back with words and no session', async () => {
  const { redirect, viewer } = await wholeFlow('stranger');
  expect([redirect, viewer]).toEqual(['/signin?error=no_access', null]);
});

test('an address the provider has not verified links nobody', async () => {
  await invite('unverified-eve');
  const { redirect, viewer } = await wholeFlow('unverified-eve');
  expect([redirect, viewer]).toEqual(['/signin?error=no_access', null]);
});

const FORGERIES: [string, (back: URL, jar: Jar) => void][] = [
  ['another state', (back: URL) => back.searchParams.set('state', 'forged')],
  ['another code', (back: URL) => back.searchParams.set('code', 'forged')],
  ['another issuer', (back: URL) => back.searchParams.set('iss', 'https://evil.example')],
  [
    'the cookies of another browser',
    (_: URL, jar: Jar) => jar.keep(PUBLIC_URL, ['tally-pkce=', 'tally-state=', 'tally-nonce=']),
  ],
];

test.each(FORGERIES)('an answer with %s opens no session', async (name, tamper) => {
  const login = `mallory-${name.replaceAll(' ', '-')}`;
  await invite(login);
  const { redirect, viewer } = await wholeFlow(login, tamper);
  expect(redirect).toContain('error=');
  expect(viewer).toBeNull();
});

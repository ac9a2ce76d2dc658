import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { type InstantClock, instantClock } from '@/lib/testing/instant-clock';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { type ConnectOptions, connectGenesys, type GenesysClient } from './connect';
import { GenesysError } from './model/errors';

const SECRET = 'canary-s3cret-7f1c';
const servers: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Setup = { client: GenesysClient; server: ScriptedServer; clock: InstantClock; tokens: () => number };

/** A platform that logs in as `token-1`, `token-2`, … and answers the rest as told. */
async function platform(
  answer: (request: ScriptedRequest, index: number) => Scripted,
  more: { prefix?: string; token?: Scripted; options?: Partial<ConnectOptions> } = {},
): Promise<Setup> {
  let issued = 0;
  let index = 0;
  const server = await startScriptedServer((request) => {
    if (request.path !== `${more.prefix ?? ''}/oauth/token`) return answer(request, index++);
    issued++;
    return (
      more.token ?? { body: { access_token: `token-${issued}`, token_type: 'bearer', expires_in: 86_399 } }
    );
  });
  servers.push(server);
  const clock = instantClock();
  const gatewayUrl = `${server.url}${more.prefix ?? ''}`;
  const client = connectGenesys({
    gatewayUrl,
    clientId: 'client-1',
    clientSecret: SECRET,
    clock,
    ...more.options,
  });
  return { client, server, clock, tokens: () => issued };
}

const READ = { doing: 'read the users' };
const EXPIRED = {
  status: 401,
  body: { message: 'Invalid login credentials.', code: 'bad.credentials', status: 401, contextId: 'c-401' },
};

async function failure(promise: Promise<unknown>): Promise<GenesysError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof GenesysError)) throw new Error(`expected a GenesysError, got ${String(thrown)}`);
  return thrown;
}

describe('logging in', () => {
  it('sends Basic credentials and the grant to the login path below the gateway’s prefix', async () => {
    const { client, server } = await platform(() => ({ body: { ok: true } }), { prefix: '/genesys' });
    const answer = await client.get('/api/v2/users', { state: 'any', expand: ['skills', 'groups'] }, READ);
    expect(answer.body).toEqual({ ok: true });
    const [login, read] = server.requests;
    expect(login?.path).toBe('/genesys/oauth/token');
    expect(login?.headers.authorization).toBe(
      `Basic ${Buffer.from(`client-1:${SECRET}`).toString('base64')}`,
    );
    expect(login?.body).toBe('grant_type=client_credentials');
    expect(read?.path).toBe('/genesys/api/v2/users');
    expect(read?.headers.authorization).toBe('Bearer token-1');
    expect(read?.query.get('expand')).toBe('skills,groups');
  });

  it('logs in once for many requests at the same time', async () => {
    const { client, tokens } = await platform(() => ({ body: {} }));
    await Promise.all(Array.from({ length: 12 }, () => client.get('/api/v2/users', {}, READ)));
    expect(tokens()).toBe(1);
  });

  it('renews the token before it expires', async () => {
    const { client, clock, server, tokens } = await platform(() => ({ body: {} }));
    await client.get('/api/v2/users', {}, READ);
    clock.advance(86_399_000 - 299_000);
    await client.get('/api/v2/users', {}, READ);
    expect(tokens()).toBe(2);
    expect(server.requests.at(-1)?.headers.authorization).toBe('Bearer token-2');
  });

  it('logs in again when a token is refused, and repeats the request once', async () => {
    const { client, server, tokens } = await platform((request) =>
      request.headers.authorization === 'Bearer token-1' ? EXPIRED : { body: { fine: true } },
    );
    expect((await client.get('/api/v2/users', {}, READ)).body).toEqual({ fine: true });
    expect(tokens()).toBe(2);
    expect(server.requests).toHaveLength(4);
  });

  it('gives up when the new token is refused, too', async () => {
    const { client, tokens } = await platform(() => EXPIRED);
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'unauthenticated', retryable: false, contextId: 'c-401' });
    expect(tokens()).toBe(2);
  });

  it('never repeats when the address is not allowed', async () => {
    const { client, tokens } = await platform(() => ({
      status: 401,
      body: { code: 'ip.not.authorized', message: 'IP' },
    }));
    expect(await failure(client.get('/api/v2/users', {}, READ))).toMatchObject({
      code: 'ip_not_allowed',
      retryable: false,
    });
    expect(tokens()).toBe(1);
  });

  it('names wrong credentials as such', async () => {
    const token = {
      status: 401,
      body: { error: 'invalid_client', description: 'client authentication failed' },
    };
    const { client } = await platform(() => ({ body: {} }), { token });
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'unauthenticated', platformCode: 'invalid_client' });
    expect(error.message).toBe(
      'cannot log in to Genesys Cloud: the credentials were not accepted: client authentication failed',
    );
    expect(error.hint).toContain('region');
  });
});

describe('rate limits', () => {
  it.each([
    ['Retry-After', { 'retry-after': '7' }, 'slow down', 7000],
    ['the number in brackets', {}, 'Rate limit exceeded. Retry in [3] seconds', 3000],
    ['the reset of the window and a second', { 'inin-ratelimit-reset': '11' }, 'slow down', 12_000],
    ['three seconds, spread', {}, 'slow down', 2250],
  ])('waits after a 429 by %s', async (_, headers, message, wait) => {
    const { client, clock } = await platform((_request, index) =>
      index === 0
        ? { status: 429, headers, body: { message, code: 'too.many.requests' } }
        : { body: { fine: true } },
    );
    expect((await client.get('/api/v2/users', {}, READ)).body).toEqual({ fine: true });
    expect(clock.slept.reduce((a, b) => a + b, 0)).toBe(wait);
  });

  it('gives up after five minutes of waiting and says so', async () => {
    const { client, clock } = await platform(() => ({
      status: 429,
      headers: { 'retry-after': '50' },
      body: {},
    }));
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'rate_limited', retryable: true, retryAfterSeconds: 50 });
    expect(error.message).toContain('given up after 300 s');
    expect(clock.slept.reduce((a, b) => a + b, 0)).toBe(300_000);
  });

  it('holds itself back when ten requests are left in the window', async () => {
    const headers = {
      'inin-ratelimit-count': '290',
      'inin-ratelimit-allowed': '300',
      'inin-ratelimit-reset': '20',
    };
    const { client, clock } = await platform(() => ({ headers, body: {} }));
    await client.get('/api/v2/users', {}, READ);
    expect(clock.slept).toEqual([]);
    await client.get('/api/v2/users', {}, READ);
    expect(clock.slept).toEqual([20_000]);
  });
});

describe('broken connections and answers', () => {
  it.each([408, 502, 503, 504])('repeats after status %i', async (status) => {
    const { client } = await platform((_request, index) =>
      index === 0 ? { status, body: '<html>' } : { body: { fine: true } },
    );
    expect((await client.get('/api/v2/users', {}, READ)).body).toEqual({ fine: true });
  });

  it('repeats after a reset in the middle of a body', async () => {
    const { client, server } = await platform((_request, index) =>
      index > 0
        ? { body: { fine: true } }
        : {
            raw: (response) => {
              response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
              response.write('{"entities":[');
              setImmediate(() => response.destroy());
            },
          },
    );
    expect((await client.get('/api/v2/users', {}, READ)).body).toEqual({ fine: true });
    expect(server.requests).toHaveLength(3);
  });

  it('takes cut-off JSON with status 200 as an error that keeps the bytes, never as an empty page', async () => {
    const cut = '{"entities":[{"id":"1"},{"id":';
    const { client, server } = await platform(() => ({ body: cut }));
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'bad_answer', retryable: true, httpStatus: 200 });
    expect(error.bytes?.toString()).toBe(cut);
    expect(JSON.stringify(error)).not.toContain('entities');
    expect(server.requests).toHaveLength(4);
  });

  it('takes invalid UTF-8 as an error that keeps the bytes', async () => {
    const bytes = Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d]);
    const { client } = await platform(() => ({ body: bytes }));
    expect((await failure(client.get('/api/v2/users', {}, READ))).bytes?.equals(bytes)).toBe(true);
  });

  it('hands the bytes on as they came, with a byte-order mark and numbers as written', async () => {
    const bytes = Buffer.from('\uFEFF{"a":1.0,"b":1e2}');
    const { client } = await platform(() => ({ body: bytes }));
    const answer = await client.get('/api/v2/users', {}, READ);
    expect(answer.bytes.equals(bytes)).toBe(true);
    expect(answer.body).toEqual({ a: 1, b: 100 });
  });

  it('keeps the body of an error and its correlation id', async () => {
    const body = {
      message: 'Caller lacks: [audits:audit:view]',
      code: 'missing.permissions',
      messageParams: { permissions: 'audits:audit:view' },
    };
    const { client } = await platform(() => ({
      status: 403,
      headers: { 'ININ-Correlation-Id': 'corr-9' },
      body,
    }));
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({
      code: 'no_permission',
      permissions: ['audits:audit:view'],
      contextId: 'corr-9',
      platformCode: 'missing.permissions',
    });
    expect(error.message).toBe('cannot read the users: a permission is missing: audits:audit:view');
    expect(JSON.parse(String(error.bytes))).toEqual(body);
  });

  it.each([
    [400, { message: 'bad', code: 'bad.request' }, 'bad_request'],
    [400, { message: 'The version does not match the current version' }, 'conflict'],
    [404, {}, 'not_found'],
    [409, {}, 'conflict'],
    [410, { code: 'architect.flow.deleted' }, 'not_found'],
    [500, {}, 'server_error'],
  ])('reads status %i %o as %s', async (status, body, code) => {
    const { client, server } = await platform(() => ({ status, body }));
    expect((await failure(client.get('/api/v2/users', {}, READ))).code).toBe(code);
    expect(server.requests).toHaveLength(2);
  });

  it('repeats an act that changes something only where the platform refused it', async () => {
    const act = { doing: 'disable the client', repeatable: 'refused_only' as const };
    const timedOut = await platform(() => ({ status: 504, body: {} }));
    expect((await failure(timedOut.client.get('/api/v2/users', {}, act))).code).toBe('unreachable');
    expect(timedOut.server.requests).toHaveLength(2);
    const refused = await platform((_request, index) =>
      index === 0 ? { status: 429, body: {} } : { body: {} },
    );
    await refused.client.get('/api/v2/users', {}, act);
    expect(refused.server.requests).toHaveLength(3);
  });

  it('says that nobody answers when nobody does', async () => {
    const { client, server } = await platform(() => ({ body: {} }));
    await server.close();
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'unreachable', platformCode: 'ECONNREFUSED', retryable: true });
    expect(error.message).toContain('the connection was refused');
  });

  it('gives up on a platform that is silent', async () => {
    const limits = { requestTimeoutMs: 30, giveUpAfterMs: 2000 };
    const { client, server } = await platform(() => ({ raw: () => undefined }), { options: { limits } });
    const error = await failure(client.get('/api/v2/users', {}, READ));
    expect(error).toMatchObject({ code: 'unreachable', retryable: true });
    expect(error.message).toContain('the answer did not come in time');
    expect(server.requests.length).toBeGreaterThan(2);
  });

  it('stops at once when it is told to', async () => {
    const stop = new AbortController();
    const { client } = await platform(() => {
      setImmediate(() => stop.abort());
      return { raw: () => undefined };
    });
    expect((await failure(client.get('/api/v2/users', {}, { ...READ, signal: stop.signal }))).code).toBe(
      'aborted',
    );
  });
});

describe('secrets', () => {
  it('L22: neither secret nor token appears in anything thrown, even when a proxy echoes the request', async () => {
    const basic = Buffer.from(`client-1:${SECRET}`).toString('base64');
    const echo = (request: ScriptedRequest): Scripted => ({
      status: 400,
      body: { message: `proxy refused ${SECRET} ${request.headers.authorization}`, code: 'bad.request' },
    });
    const onApi = await platform(echo);
    const onLogin = await platform(() => ({ body: {} }), {
      token: { status: 400, body: { error: 'x', error_description: `${SECRET} ${basic}` } },
    });
    const noToken = await platform(() => ({ body: {} }), { token: { body: `{"access_token":"${SECRET}` } });
    for (const { client } of [onApi, onLogin, noToken]) {
      const error = await failure(client.get('/api/v2/users', {}, READ));
      const shown = [error.message, error.hint, error.stack, JSON.stringify(error), String(error.cause)].join(
        ' ',
      );
      for (const secret of [SECRET, basic, 'token-1']) expect(shown).not.toContain(secret);
    }
    expect((await failure(noToken.client.get('/api/v2/users', {}, READ))).bytes).toBeUndefined();
  });
});

describe('configuration', () => {
  it.each([
    [{ region: 'eu-nowhere-1' }, 'the region is unknown'],
    [{}, 'the region is unknown'],
    [{ gatewayUrl: 'ftp://gateway' }, 'the gateway address is no http(s) URL'],
    [{ region: 'eu-west-1', clientId: '' }, 'client id or secret is empty'],
  ])('refuses %o', (options, why) => {
    expect(() => connectGenesys({ clientId: 'a', clientSecret: 'b', ...options })).toThrow(why);
  });

  it('is deaf to a configuration file of the SDK in the home directory, least of all to its log', async () => {
    const home = mkdtempSync(path.join(tmpdir(), 'home-'));
    const log = path.join(home, 'sdk.log');
    mkdirSync(path.join(home, '.genesyscloudjavascript'));
    writeFileSync(
      path.join(home, '.genesyscloudjavascript', 'config'),
      `[logging]\nlog_level = trace\nlog_format = json\nlog_file_path = ${log}\nlog_to_console = false\n[general]\nlive_reload_config = true\nhost = https://api.elsewhere.invalid\n[gateway]\nhost = elsewhere.invalid\n`,
    );
    const before = process.env.HOME;
    process.env.HOME = home;
    try {
      const { client } = await platform(() => ({ body: { fine: true } }));
      expect((await client.get('/api/v2/users', {}, READ)).body).toEqual({ fine: true });
      expect(connectGenesys({ region: 'eu-west-1', clientId: 'a', clientSecret: 'b' }).apiUrl).toBe(
        'https://api.mypurecloud.ie',
      );
      expect(existsSync(log) ? readFileSync(log, 'utf8') : '').toBe('');
    } finally {
      process.env.HOME = before;
      rmSync(home, { recursive: true });
    }
  });

  it('knows the hosts of a region by its name and by its domain', () => {
    const api = (region: string) => connectGenesys({ region, clientId: 'a', clientSecret: 'b' }).apiUrl;
    expect(api('eu-west-1')).toBe('https://api.mypurecloud.ie');
    expect(api('us-east-2')).toBe('https://api.use2.us-gov-pure.cloud');
    expect(api('mypurecloud.de')).toBe('https://api.mypurecloud.de');
  });
});

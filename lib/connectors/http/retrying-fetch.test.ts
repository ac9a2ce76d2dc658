import { afterEach, describe, expect, test } from 'vitest';
import { type Scripted, type ScriptedServer, startScriptedServer } from '@/lib/testing/scripted-http-server';
import { waitBeforeRetry } from './retry-after';
import { type HttpOptions, retryingFetch } from './retrying-fetch';

const SECRET = 'Basic c2VjcmV0';
const servers: ScriptedServer[] = [];
const waits: number[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  waits.length = 0;
});

async function serverOf(answers: (index: number) => Scripted): Promise<ScriptedServer> {
  const server = await startScriptedServer((_, index) => answers(index));
  servers.push(server);
  return server;
}

function ask(server: { url: string }, options: HttpOptions = {}, method: 'GET' | 'POST' = 'GET') {
  const wait = async (ms: number) => void waits.push(ms);
  return retryingFetch({ wait, ...options })({
    url: new URL('/rest/secret-path?token=hidden', server.url),
    method,
    headers: { authorization: SECRET },
    what: 'Jira issue NWC-1',
  });
}

describe('asking another system', () => {
  test('429 waits as long as Retry-After says, then asks again', async () => {
    const server = await serverOf((index) =>
      index === 0 ? { status: 429, headers: { 'retry-after': '7' } } : { body: { ok: true } },
    );
    expect((await ask(server)).status).toBe(200);
    expect(waits).toEqual([7000]);
  });

  test('a wait longer than a request may last is left to the queue', async () => {
    const server = await serverOf(() => ({ status: 429, headers: { 'retry-after': '3600' } }));
    await expect(ask(server)).rejects.toMatchObject({ code: 'rate_limited', retryable: true });
    expect(server.requests).toHaveLength(1);
  });

  test('5xx and lost connections are tried four times, then named', async () => {
    const failing = await serverOf(() => ({ status: 503 }));
    await expect(ask(failing)).rejects.toMatchObject({ code: 'server_failed' });
    expect(failing.requests).toHaveLength(4);
    const broken = await serverOf((index) =>
      index < 2 ? { raw: (response) => response.destroy() } : { body: {} },
    );
    expect((await ask(broken)).status).toBe(200);
  });

  test('404 and other refusals are answers, not failures', async () => {
    const server = await serverOf(() => ({ status: 404 }));
    expect((await ask(server)).status).toBe(404);
    expect(server.requests).toHaveLength(1);
  });

  test('an answer that never ends is given up in time; one without end in size is cut off', async () => {
    const silent = await serverOf(() => ({ raw: () => {} }));
    await expect(ask(silent, { timeoutMs: 60, maxAttempts: 1 })).rejects.toMatchObject({ code: 'timed_out' });
    const endless = await serverOf(() => ({ body: 'x'.repeat(5000) }));
    await expect(ask(endless, { maxBodyBytes: 1000 })).rejects.toMatchObject({ code: 'too_large' });
  });

  test('credentials never follow a redirect to another host', async () => {
    const other = await serverOf(() => ({ body: {} }));
    const server = await serverOf(() => ({ status: 302, headers: { location: `${other.url}/elsewhere` } }));
    await expect(ask(server)).rejects.toMatchObject({ code: 'redirected' });
    expect(other.requests).toHaveLength(0);
  });

  test('a redirect within the host is followed, but never a post', async () => {
    const moved = await serverOf((index) =>
      index === 0 ? { status: 301, headers: { location: '/there' } } : { body: {} },
    );
    expect((await ask(moved)).status).toBe(200);
    const posted = await serverOf(() => ({ status: 307, headers: { location: '/there' } }));
    await expect(ask(posted, {}, 'POST')).rejects.toMatchObject({ code: 'redirected' });
  });

  test('no message holds a secret, a path or a body', async () => {
    const server = await serverOf(() => ({ status: 500, body: 'password=hunter2' }));
    const gone = { url: 'http://127.0.0.1:1' };
    for (const asking of [() => ask(server), () => ask(gone), () => ask(server, { maxBodyBytes: 1 })]) {
      const error: unknown = await asking().catch((thrown: unknown) => thrown);
      const text = `${String(error)} ${JSON.stringify(error)} ${String(error instanceof Error ? error.cause : '')}`;
      expect(text).toContain('Jira issue NWC-1');
      for (const hidden of [SECRET, 'c2VjcmV0', 'secret-path', 'hidden', 'hunter2'])
        expect(text).not.toContain(hidden);
    }
  });

  test('waits double where nobody says how long, and dates count as well as seconds', () => {
    const now = new Date('2026-11-22T00:00:00Z');
    expect([1, 2, 3].map((attempt) => waitBeforeRetry(attempt, null, now))).toEqual([500, 1000, 2000]);
    expect(waitBeforeRetry(1, 'Sun, 22 Nov 2026 00:00:05 GMT', now)).toBe(5000);
    expect(waitBeforeRetry(1, 'Sat, 21 Nov 2026 00:00:05 GMT', now)).toBe(0);
    expect(waitBeforeRetry(1, 'soon', now)).toBe(500);
  });
});

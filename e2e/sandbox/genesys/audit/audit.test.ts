import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { collect, loginTo, readReply } from '../../client.test-kit.ts';
import { NO_FAULTS } from '../../options.ts';
import { type RunningSandbox, startSandbox } from '../../start.ts';

const ANCHOR = new Date(Math.floor(Date.now() / 86_400_000) * 86_400_000).toISOString();
const DAY = 86_400_000;
let sandbox: RunningSandbox;

function days(from: number, to: number): string {
  const anchor = Date.parse(ANCHOR);
  return `${new Date(anchor - from * DAY).toISOString()}/${new Date(anchor - to * DAY).toISOString()}`;
}

async function whole(): Promise<string[]> {
  const call = await loginTo(sandbox);
  const ids: string[] = [];
  for (const [from, to] of [
    [90, 60],
    [60, 30],
    [30, 0],
  ] as const)
    ids.push(...(await collect(call, { interval: days(from, to) })).ids);
  return ids;
}

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR, still: true, dwellMs: 0 });
});
afterEach(() => sandbox.faults(NO_FAULTS));
afterAll(() => sandbox.close());

describe('an audit query', () => {
  it('returns every planted record once over all pages', async () => {
    const ids = await whole();
    expect(ids.length).toBe(sandbox.truth.totals.records);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is one in flight per organisation, and has no results before it succeeds', async () => {
    const call = await loginTo(sandbox);
    sandbox.state.settings.dwellMs = 1_000;
    const first = await call('POST', '/audits/query', { interval: days(2, 1) });
    expect(first.status).toBe(202);
    expect(['Queued', 'Running']).toContain(first.body.state);
    expect((await call('POST', '/audits/query', { interval: days(2, 1) })).status).toBe(429);
    const early = await call('GET', `/audits/query/${String(first.body.id)}/results`);
    expect(early.status).toBe(404);
    expect(early.body.contextId).toBe(early.headers.get('ININ-Correlation-Id'));
    sandbox.state.settings.dwellMs = 0;
    await new Promise((resolve) => setTimeout(resolve, 1_010));
    const page = await call('GET', `/audits/query/${String(first.body.id)}/results`);
    expect(page.status).toBe(200);
    expect((page.body.entities as unknown[]).length).toBe(25);
  });

  it('refuses what the contract refuses', async () => {
    const call = await loginTo(sandbox);
    expect((await call('POST', '/audits/query', { interval: days(40, 1) })).text).toContain('31 days');
    expect((await call('POST', '/audits/query', { interval: days(400, 390) })).status).toBe(400);
    expect(
      (
        await call('POST', '/audits/query', {
          interval: days(2, 1),
          filters: [{ property: 'Action', value: 'Update' }],
        })
      ).body.code,
    ).toBe('IllegalQueryException');
    expect(
      (
        await call('POST', '/audits/query', {
          interval: days(2, 1),
          filters: [{ property: 'Colour', value: 'red' }],
        })
      ).status,
    ).toBe(400);
  });

  it('filters by service, and names the actor only when asked to', async () => {
    const call = await loginTo(sandbox);
    const { ids } = await collect(call, { interval: days(30, 0), serviceName: 'Telephony' });
    const telephony = sandbox.state.history.planted.filter(
      (entry) => entry.record.serviceName === 'Telephony' && entry.at >= Date.parse(ANCHOR) - 30 * DAY,
    );
    expect(ids.length).toBe(telephony.length);
  });

  it('answers 3xx with a body in large-result mode; the file wants no bearer and has eventTime', async () => {
    const call = await loginTo(sandbox);
    const started = await call('POST', '/audits/query', { interval: days(3, 0) });
    sandbox.faults({ redirectLarge: true });
    const redirected = await call(
      'GET',
      `/audits/query/${String(started.body.id)}/results?pageSize=500&allowRedirect=true`,
    );
    expect(redirected.status).toBe(302);
    const file = await fetch(String(redirected.body.downloadUrl));
    const rows = (await file.json()) as Record<string, unknown>[];
    expect(rows.length).toBeGreaterThan(100);
    expect(rows[0]).toHaveProperty('eventTime');
    expect(rows[0]).not.toHaveProperty('eventDate');
    const withBearer = await readReply(
      await fetch(String(redirected.body.downloadUrl), { headers: { authorization: 'Bearer x' } }),
    );
    expect(withBearer.status).toBe(400);
  });
});

describe('faults of the audit path', () => {
  it('loses nothing with duplicates, an empty page and reversed pages', async () => {
    sandbox.faults({ duplicateRecords: 3, emptyPageWithCursor: 1, outOfOrder: true });
    const ids = await whole();
    expect(ids.length).toBeGreaterThan(sandbox.truth.totals.records);
    expect(new Set(ids).size).toBe(sandbox.truth.totals.records);
  });

  it('ends queries as failed, cancelled, or never', async () => {
    const call = await loginTo(sandbox);
    sandbox.faults({ queryFails: 1, queryCancelled: 1 });
    expect((await collect(call, { interval: days(2, 1) })).state).toBe('Failed');
    expect((await collect(call, { interval: days(2, 1) })).state).toBe('Cancelled');
    expect((await collect(call, { interval: days(2, 1) })).state).toBe('Succeeded');
  });

  it('cuts a page off, once, with status 200', async () => {
    const call = await loginTo(sandbox);
    const started = await call('POST', '/audits/query', { interval: days(2, 1) });
    sandbox.faults({ invalidJsonOnce: 1 });
    const address = `/audits/query/${String(started.body.id)}/results`;
    const cut = await call('GET', address);
    expect(cut.status).toBe(200);
    expect(() => JSON.parse(cut.text)).toThrow();
    expect((await call('GET', address)).body.entities).toBeDefined();
  });

  it('breaks a connection in the middle of the body', async () => {
    const call = await loginTo(sandbox);
    sandbox.faults({ resetConnectionEveryN: 1 });
    await expect(call('GET', '/users?state=any&pageSize=100')).rejects.toThrow();
  });

  it('expires the token in the middle, and limits the rate', async () => {
    const call = await loginTo(sandbox);
    sandbox.faults({ expireTokenAfterRequests: 1 });
    expect((await call('GET', '/organizations/me')).status).toBe(200);
    expect((await call('GET', '/organizations/me')).body.code).toBe('bad.credentials');
    sandbox.faults({ expireTokenAfterRequests: 0, rateLimitPerMinute: 2, retryAfterSeconds: 0.05 });
    const fresh = await loginTo(sandbox);
    const statuses = [
      await fresh('GET', '/organizations/me'),
      await fresh('GET', '/organizations/me'),
      await fresh('GET', '/organizations/me'),
    ];
    expect(statuses.map((reply) => reply.status)).toEqual([200, 200, 429]);
    expect(statuses[2]?.headers.get('retry-after')).toBe('0.05');
    expect(statuses[0]?.headers.get('inin-ratelimit-allowed')).toBe('2');
  });

  it('hides late records until they are released', async () => {
    sandbox.faults({ lateRecords: 7 });
    const late = sandbox.truth.lateRecordIds;
    expect(late.length).toBe(7);
    expect((await whole()).length).toBe(sandbox.truth.totals.records - 7);
    sandbox.faults({ lateRecords: 0 });
    expect(new Set(await whole())).toEqual(
      new Set([...sandbox.state.history.planted.map((entry) => entry.record.id)]),
    );
  });

  it('puts unreadable records into pages, as the truth lists them', async () => {
    sandbox.faults({ badRecords: 6 });
    expect(sandbox.truth.badRecords.length).toBe(6);
    expect((await whole()).length).toBe(sandbox.truth.totals.records + 6);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { type InstantClock, instantClock } from '@/lib/testing/instant-clock';
import {
  type Scripted,
  type ScriptedRequest,
  type ScriptedServer,
  startScriptedServer,
} from '@/lib/testing/scripted-http-server';
import { connectGenesys, type GenesysClient } from '../connect';
import { GenesysError } from '../model/errors';
import { scanJsonArray } from '../model/scan-json-array';
import { type AuditPage, arrayMemberOf } from './audit-page';
import { type QueryAuditsOptions, queryAudits } from './query-audits';
import { type ChunkOutcome, queryAuditsInChunks } from './query-audits-in-chunks';
import { realtimeAudits, relatedAudits } from './realtime-audits';
import { readServiceMapping } from './service-mapping';

const INTERVAL = { from: new Date('2026-03-01T00:00:00Z'), to: new Date('2026-03-02T00:00:00Z') };
const servers: ScriptedServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

type Told = {
  start?: (request: ScriptedRequest, nth: number) => Scripted;
  status?: (request: ScriptedRequest, nth: number) => Scripted;
  results?: (request: ScriptedRequest, nth: number) => Scripted;
  other?: (request: ScriptedRequest) => Scripted;
};

type Setup = {
  client: GenesysClient;
  server: ScriptedServer;
  clock: InstantClock;
  count: Record<'start' | 'status' | 'results', number>;
};

async function platform(told: Told = {}): Promise<Setup> {
  const count = { start: 0, status: 0, results: 0 };
  const server = await startScriptedServer((request) => {
    if (request.path === '/oauth/token') return { body: { access_token: 'token', expires_in: 86_400 } };
    if (request.path === '/api/v2/audits/query') {
      count.start++;
      return (
        told.start?.(request, count.start) ?? {
          status: 202,
          body: { id: `q${count.start}`, state: 'Queued' },
        }
      );
    }
    if (request.path.endsWith('/results')) {
      count.results++;
      return told.results?.(request, count.results) ?? page([{ id: '1' }]);
    }
    if (/^\/api\/v2\/audits\/query\/q\d+$/.test(request.path)) {
      count.status++;
      return told.status?.(request, count.status) ?? { body: { id: 'q', state: 'Succeeded' } };
    }
    return told.other?.(request) ?? { status: 404, body: {} };
  });
  servers.push(server);
  const clock = instantClock();
  const client = connectGenesys({ gatewayUrl: server.url, clientId: 'c', clientSecret: 's', clock });
  return { client, server, clock, count };
}

function page(entities: readonly unknown[], cursor?: string | null): Scripted {
  return { body: { id: 'q', pageSize: 500, ...(cursor === undefined ? {} : { cursor }), entities } };
}

function idsOf(pages: readonly AuditPage[]): string[] {
  return pages.flatMap(({ bytes, path }) =>
    scanJsonArray(bytes, arrayMemberOf(path)).elements.map(({ offset, length }) => {
      const record: unknown = JSON.parse(bytes.subarray(offset, offset + length).toString());
      return record !== null && typeof record === 'object' && 'id' in record ? String(record.id) : '?';
    }),
  );
}

async function read(client: GenesysClient, more: Partial<QueryAuditsOptions> = {}) {
  const pages: AuditPage[] = [];
  const result = await queryAudits(client, {
    interval: INTERVAL,
    onPage: (one) => void pages.push(one),
    ...more,
  });
  return { result, pages, ids: idsOf(pages) };
}

async function failure(promise: Promise<unknown>): Promise<GenesysError> {
  const thrown = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  if (!(thrown instanceof GenesysError)) throw new Error(`expected a GenesysError, got ${String(thrown)}`);
  return thrown;
}

describe('an audit query', () => {
  it('I21 I23: waits for the query and reads every page by cursor until there is none, an empty page with a cursor included', async () => {
    const states = ['Queued', 'Running', 'Succeeded'];
    const { client, server } = await platform({
      status: (_, nth) => ({ body: { id: 'q1', state: states[nth - 1] } }),
      results: (request) => {
        const cursor = request.query.get('cursor');
        if (cursor === null) return page([{ id: '1' }, { id: '2' }], 'a');
        return cursor === 'a' ? page([], 'b') : page([{ id: '3' }], null);
      },
    });
    const { result, pages, ids } = await read(client);
    expect(ids).toEqual(['1', '2', '3']);
    expect(result).toMatchObject({ queryId: 'q1', pages: 3, records: 3, restarts: 0 });
    expect(
      pages.map(({ pageNumber, path, count, restart }) => ({ pageNumber, path, count, restart })),
    ).toEqual([
      { pageNumber: 1, path: 'pull', count: 2, restart: 0 },
      { pageNumber: 2, path: 'pull', count: 0, restart: 0 },
      { pageNumber: 3, path: 'pull', count: 1, restart: 0 },
    ]);
    expect(pages[1]?.url).toContain('/api/v2/audits/query/q1/results?cursor=a&pageSize=500&expand=user');
    const start = server.requests.find(({ path }) => path === '/api/v2/audits/query');
    expect(JSON.parse(start?.body ?? '')).toEqual({
      interval: '2026-03-01T00:00:00Z/2026-03-02T00:00:00Z',
      sort: [{ name: 'Timestamp', sortOrder: 'ascending' }],
    });
  });

  it.each([
    ['Failed', 'query_failed'],
    ['Cancelled', 'query_cancelled'],
  ])('that ends as %s is an error, never an empty answer', async (state, code) => {
    const { client, count } = await platform({ status: () => ({ body: { id: 'q', state } }) });
    expect(await failure(read(client))).toMatchObject({ code, retryable: true });
    expect(count.results).toBe(0);
  });

  it('that never ends is given up after ten minutes, not after twenty seconds', async () => {
    const { client, clock } = await platform({ status: () => ({ body: { id: 'q', state: 'Running' } }) });
    const began = clock.now();
    expect((await failure(read(client))).code).toBe('query_timed_out');
    expect(clock.now() - began).toBeGreaterThan(590_000);
    expect(Math.max(...clock.slept)).toBe(3000);
  });

  it('waits its turn when another query of the organisation is in flight', async () => {
    const { client, clock } = await platform({
      start: (_, nth) =>
        nth < 3
          ? { status: 429, headers: { 'retry-after': '5' }, body: {} }
          : { status: 200, body: { id: 'q3', state: 'Queued' } },
    });
    expect((await read(client)).ids).toEqual(['1']);
    expect(clock.slept.filter((ms) => ms === 5000)).toHaveLength(2);
  });

  it('runs alone: a second one of the same organisation begins when the first has ended', async () => {
    let open = 0;
    let most = 0;
    const { client } = await platform({
      start: (_, nth) => {
        open++;
        most = Math.max(most, open);
        return { body: { id: `q${nth}`, state: 'Queued' } };
      },
      results: () => {
        open--;
        return page([{ id: '1' }]);
      },
    });
    await Promise.all([read(client), read(client), read(client)]);
    expect(most).toBe(1);
  });

  it('is begun again when its cursor expires, and the receiver is told', async () => {
    const { client } = await platform({
      results: (request, nth) => {
        if (request.query.get('cursor') === null) return page([{ id: '1' }], 'a');
        return nth === 2
          ? { status: 400, body: { message: 'cursor expired', code: 'bad.request' } }
          : page([{ id: '2' }]);
      },
    });
    const told: unknown[] = [];
    const { result, pages, ids } = await read(client, { onRestart: (info) => void told.push(info.restart) });
    expect(told).toEqual([1]);
    expect(ids).toEqual(['1', '1', '2']);
    expect(pages.map(({ queryId, pageNumber, restart }) => [queryId, pageNumber, restart])).toEqual([
      ['q1', 1, 0],
      ['q2', 1, 1],
      ['q2', 2, 1],
    ]);
    expect(result).toMatchObject({ queryId: 'q2', pages: 2, records: 2, restarts: 1 });
  });

  it('whose cursor always expires ends as cursor_expired', async () => {
    const { client, count } = await platform({
      results: (request) =>
        request.query.get('cursor') === null ? page([], 'a') : { status: 404, body: {} },
    });
    expect((await failure(read(client))).code).toBe('cursor_expired');
    expect(count.start).toBe(3);
  });

  it('waits for an empty page that says "not yet" with the cursor it was asked by', async () => {
    const { client } = await platform({
      results: (request, nth) => {
        if (request.query.get('cursor') === null) return page([{ id: '1' }], 'a');
        return nth < 5 ? page([], 'a') : page([{ id: '2' }]);
      },
    });
    const { result, ids } = await read(client);
    expect(ids).toEqual(['1', '2']);
    expect(result).toMatchObject({ pages: 5, restarts: 0 });
  });

  it('whose cursor comes back does not read for ever', async () => {
    const { client } = await platform({ results: () => page([{ id: '1' }], 'same') });
    expect((await failure(read(client))).code).toBe('cursor_expired');
  });

  it('tries again when results lag behind the state', async () => {
    const { client } = await platform({
      results: (_, nth) => (nth < 3 ? { status: 404, body: {} } : page([{ id: '1' }])),
    });
    expect((await read(client)).ids).toEqual(['1']);
  });

  it('takes a page cut off with status 200 as an error that keeps the bytes', async () => {
    const cut = '{"id":"q","entities":[{"id":"1"},{"id"';
    const { client, count } = await platform({ results: () => ({ body: cut }) });
    const error = await failure(read(client));
    expect(error).toMatchObject({ code: 'bad_answer' });
    expect(error.bytes?.toString()).toBe(cut);
    expect(count.results).toBe(3);
  });

  it('reads a page again that is broken once', async () => {
    const { client } = await platform({
      results: (_, nth) => (nth === 1 ? { body: '{"entities":[{"id":"1' } : page([{ id: '1' }])),
    });
    expect((await read(client)).ids).toEqual(['1']);
  });

  it('hands a page on whose record stays broken, for one bad record spoils only itself', async () => {
    const body = '{"entities":[{"id":"1"},{"id":bad},{"id":"3"}],"cursor":null}';
    const { client, count } = await platform({ results: () => ({ body }) });
    const pages: AuditPage[] = [];
    await queryAudits(client, { interval: INTERVAL, onPage: (one) => void pages.push(one) });
    expect(pages).toMatchObject([{ count: 3 }]);
    expect(pages[0]?.bytes.toString()).toBe(body);
    expect(count.results).toBe(3);
  });

  it.each([
    ['no member entities', { id: 'q', results: [] }],
    ['another member under its name', { entities: { a: 1 } }],
    ['a cursor that is no text', { entities: [], cursor: 7 }],
  ])('takes an answer with %s for no page', async (_, body) => {
    const { client } = await platform({ results: () => ({ body }) });
    expect((await failure(read(client))).code).toBe('bad_answer');
  });

  it('survives a token that expires between two pages', async () => {
    const { client } = await platform({
      results: (request, nth) => {
        if (nth === 2) return { status: 401, body: { code: 'bad.credentials' } };
        return request.query.get('cursor') === null ? page([{ id: '1' }], 'a') : page([{ id: '2' }]);
      },
    });
    expect((await read(client)).ids).toEqual(['1', '2']);
  });

  it('stops while it waits', async () => {
    const stop = new AbortController();
    const { client } = await platform({
      status: () => {
        stop.abort();
        return { body: { id: 'q', state: 'Running' } };
      },
    });
    expect((await failure(read(client, { signal: stop.signal }))).code).toBe('aborted');
  });

  it('passes an error of the receiver on as it is', async () => {
    const { client } = await platform();
    const onPage = () => {
      throw new RangeError('disk full');
    };
    await expect(queryAudits(client, { interval: INTERVAL, onPage })).rejects.toThrow(RangeError);
  });
});

describe('large results', () => {
  const file = [{ id: 'f1', eventTime: '2026-03-01T00:00:00.000Z' }, { id: 'f2' }];

  it.each([
    [
      'a redirect with a body and no Location',
      (url: string) => ({ status: 302, body: { id: 'q', downloadUrl: url } }),
    ],
    [
      'a redirect with a body and a Location',
      (url: string) => ({ status: 302, headers: { location: url }, body: { downloadUrl: url } }),
    ],
    ['a redirect with a Location alone', (url: string) => ({ status: 303, headers: { location: url } })],
    ['the body with status 200', (url: string) => ({ status: 200, body: { id: 'q', downloadUrl: url } })],
  ])('are fetched after %s, without the bearer token', async (_, redirect) => {
    const { client, server } = await platform({
      results: (request) => redirect(`http://${request.headers.host}/files/a?signature=canary-sig`),
      other: () => ({ body: file }),
    });
    const { pages, ids } = await read(client, { allowRedirect: true });
    expect(ids).toEqual(['f1', 'f2']);
    expect(pages[0]).toMatchObject({ path: 'file', count: 2 });
    expect(pages[0]?.url).toBe(`${server.url}/files/a`);
    const download = server.requests.find(({ path }) => path === '/files/a');
    expect(download?.query.get('signature')).toBe('canary-sig');
    expect(download?.headers.authorization).toBeUndefined();
  });

  it('go on by cursor to the next file, and may end in a normal page', async () => {
    const { client } = await platform({
      results: (request) => {
        const cursor = request.query.get('cursor');
        const address = (name: string) => `http://${request.headers.host}/files/${name}`;
        if (cursor === null) return { status: 302, body: { downloadUrl: address('a'), cursor: 'one' } };
        return cursor === 'one'
          ? { status: 302, body: { downloadUrl: address('b'), cursor: 'two' } }
          : page([{ id: 'p' }]);
      },
      other: ({ path }) => ({ body: [{ id: path.at(-1) }] }),
    });
    const { ids, pages } = await read(client, { allowRedirect: true });
    expect(ids).toEqual(['a', 'b', 'p']);
    expect(pages.map(({ path }) => path)).toEqual(['file', 'file', 'pull']);
  });

  it('are read when a gateway followed the redirect and the array itself arrives', async () => {
    const { client } = await platform({ results: () => ({ body: file }) });
    const { pages, ids } = await read(client, { allowRedirect: true });
    expect(ids).toEqual(['f1', 'f2']);
    expect(pages[0]?.path).toBe('file');
  });

  it('that are cut off are an error, never a shorter file', async () => {
    const { client } = await platform({
      results: (request) => ({
        status: 302,
        body: { downloadUrl: `http://${request.headers.host}/files/a` },
      }),
      other: () => ({ body: '[{"id":"f1"},{"id"' }),
    });
    expect((await failure(read(client, { allowRedirect: true }))).code).toBe('bad_answer');
  });

  it('are not fetched from anything but the web', async () => {
    const { client } = await platform({
      results: () => ({ status: 302, body: { downloadUrl: 'file:///etc/hostname' } }),
    });
    expect((await failure(read(client, { allowRedirect: true }))).code).toBe('bad_answer');
  });

  it('whose address has expired begin the query again', async () => {
    const { client, count } = await platform({
      results: (request) => ({
        status: 302,
        body: { downloadUrl: `http://${request.headers.host}/files/${count.start}` },
      }),
      other: ({ path }) =>
        path === '/files/1'
          ? { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' }
          : { body: file },
    });
    expect((await read(client, { allowRedirect: true })).result.restarts).toBe(1);
  });
});

describe('a long interval', () => {
  it('is halved where the platform fails, down to a minute, and what stays unread is a gap with its reason', async () => {
    const bad = new Date('2026-03-01T05:00:30Z').getTime();
    let holdsBad = false;
    const { client } = await platform({
      start: (request, nth) => {
        const [from = 0, to = 0] = String(/"interval":"([^"]*)"/.exec(request.body)?.[1])
          .split('/')
          .map(Date.parse);
        holdsBad = from <= bad && bad < to;
        return { body: { id: `q${nth}`, state: 'Queued' } };
      },
      status: () => ({ body: { id: 'q', state: holdsBad ? 'Failed' : 'Succeeded' } }),
    });
    const outcomes: ChunkOutcome[] = [];
    const interval = { from: INTERVAL.from, to: new Date('2026-03-03T00:00:00Z') };
    await queryAuditsInChunks(client, {
      interval,
      onPage: () => undefined,
      onChunk: (one) => void outcomes.push(one),
    });
    const gaps = outcomes.filter(({ kind }) => kind === 'gap');
    expect(gaps).toMatchObject([{ error: { code: 'query_failed' } }]);
    expect((gaps[0]?.interval.to.getTime() ?? 0) - (gaps[0]?.interval.from.getTime() ?? 0)).toBeLessThan(
      120_000,
    );
    for (const [index, { interval: piece }] of outcomes.entries())
      expect(piece.from).toEqual(index === 0 ? interval.from : outcomes[index - 1]?.interval.to);
    expect(outcomes.at(-1)?.interval.to).toEqual(interval.to);
  });

  it('is not halved for a missing permission: that concerns every piece', async () => {
    const { client, count } = await platform({
      start: () => ({ status: 403, body: { message: 'Caller lacks: [audits:audit:view]' } }),
    });
    const error = await failure(
      queryAuditsInChunks(client, { interval: INTERVAL, onPage: () => undefined, onChunk: () => undefined }),
    );
    expect(error).toMatchObject({ code: 'no_permission', permissions: ['audits:audit:view'] });
    expect(count.start).toBe(1);
  });
});

describe('the synchronous searches and the mapping', () => {
  it('reads realtime pages by number until the last', async () => {
    const { client, server } = await platform({
      other: (request) => {
        const body: unknown = JSON.parse(request.body);
        const pageNumber =
          body !== null && typeof body === 'object' && 'pageNumber' in body ? body.pageNumber : null;
        return {
          body: { entities: [{ id: `r${pageNumber}` }], pageSize: 1, pageNumber, total: 3, pageCount: 3 },
        };
      },
    });
    const pages: AuditPage[] = [];
    const read = await realtimeAudits(client, {
      interval: INTERVAL,
      serviceName: 'Architect',
      onPage: (one) => void pages.push(one),
    });
    expect(read).toEqual({ pages: 3, records: 3 });
    expect(idsOf(pages)).toEqual(['r1', 'r2', 'r3']);
    expect(pages.every(({ path }) => path === 'realtime')).toBe(true);
    expect(server.requests.at(-1)?.query.get('expand')).toBe('user');
  });

  it('reads related audits as one page', async () => {
    const { client } = await platform({ other: () => ({ body: { entities: [{ id: 'a' }, { id: 'b' }] } }) });
    expect(idsOf([await relatedAudits(client, { auditId: 'a' })])).toEqual(['a', 'b']);
  });

  it('reads services nobody has heard of, and takes a mapping without services for no answer', async () => {
    const services = [
      { name: 'Brand New', entities: [{ name: 'Thing', actions: ['Twist'] }, { name: 'Bare' }], extra: 1 },
    ];
    const { client } = await platform({ other: () => ({ body: { services } }) });
    expect((await readServiceMapping(client)).services).toEqual([
      {
        name: 'Brand New',
        entities: [
          { name: 'Thing', actions: ['Twist'] },
          { name: 'Bare', actions: [] },
        ],
      },
    ]);
    const none = await platform({ other: () => ({ body: {} }) });
    expect((await failure(readServiceMapping(none.client))).code).toBe('bad_answer');
  });
});

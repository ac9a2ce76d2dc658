import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { eventBridgeEvent, restRecord } from '@/lib/changes/fixtures/records';
import { takePush } from '@/lib/changes/push/take-push';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import type { Role } from '@/lib/kernel/words';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RouteHandler } from './handle';
import * as eventbridge from './v1/events/eventbridge/route';
import * as pushSettings from './v1/settings/push/route';

const vault = memoryVault();
let t: TestDatabase;
let sandbox: RunningSandbox;
let server: Server;
let address: string;
const keys = new Map<Role, string>();

beforeAll(async () => {
  t = await testDatabase();
  provideDatabase({ url: t.url, applicationName: 'test-push' });
  provideAuthSettings({ publicUrl: 'http://localhost:3000', secret: 's'.repeat(40), oidc: null });
  sandbox = await startSandbox({ anchor: '2026-03-01T00:00:00.000Z', still: true });
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'mypurecloud.ie', now())`,
    [sandbox.truth.orgId],
  );
  for (const role of ['admin', 'operator', 'auditor'] as const) {
    const made = await createApiKey(t.db.sql, { name: role, role }, { actor: SYSTEM_ACTOR, now: new Date() });
    keys.set(role, made.key);
  }
  server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(Buffer.from(part));
    const authorization = incoming.headers.authorization ?? '';
    const answer = await call(eventbridge.POST, { authorization, body: Buffer.concat(parts) });
    outgoing.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const port = (server.address() as AddressInfo).port;
  address = `http://127.0.0.1:${port}/api/v1/events/eventbridge`;
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await sandbox.close();
  await closeQueue();
  await closeDatabase();
  await t.drop();
});

function call(
  route: RouteHandler,
  ask: { authorization: string; method?: string; body?: Buffer | string },
): Promise<Response> {
  const { authorization, method = 'POST', body } = ask;
  const headers = { ...(authorization === '' ? {} : { authorization }), 'content-type': 'application/json' };
  const request = new Request('http://localhost:3000/api/v1/x', {
    method,
    headers,
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  });
  return route(request, { params: Promise.resolve({}) });
}
const as = (role: Role) => `Bearer ${keys.get(role)}`;
const post = (body: string, authorization = as('operator')) =>
  fetch(address, { method: 'POST', headers: { authorization }, body });

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let n = 0; n < 800; n += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it did not happen');
}

test('D9: what happens on the platform is a change within seconds, delivered as EventBridge delivers it', async () => {
  sandbox.state.push = { url: address, key: keys.get('operator') ?? '' };
  const begun = performance.now();
  const [moved] = sandbox.act('self-move').records;
  sandbox.act('edge-group-cascade', { count: 250 });
  await until(async () => {
    const [row] = await t.db.sql.query<{ n: number }>('select count(*) as n from push_spool');
    return row?.n === 252 ? true : undefined;
  });
  const [taken] = await takePush({ db: t.db, vault });
  expect(performance.now() - begun).toBeLessThan(20_000);
  expect(taken).toMatchObject({ newChanges: 252, unreadable: 0 });
  const rows = await t.db.sql.query(
    'select source, service, action, entity_id, remote_ip from change where id = $1',
    [moved?.id],
  );
  expect(rows).toEqual([
    {
      source: 'push',
      service: 'Directory',
      action: 'Update',
      entity_id: moved?.entityId,
      remote_ip: ['192.0.2.77'],
    },
  ]);
  sandbox.state.push = null;
});

test('one job for each organisation, however many requests; one short journal row for each request', async () => {
  // Jobs are asked for after the commit: the last request may not have got there yet.
  await until(async () => ((await queueCounts()).lanes.quick.waiting === 1 ? true : undefined));
  await post('[]');
  expect((await queueCounts()).lanes.quick.waiting).toBe(1);
  const rows = await t.db.sql.query<{ detail: unknown }>(
    `select body::jsonb -> 'detail' as detail from journal where action = 'events.received' order by id`,
  );
  expect(rows.length).toBeGreaterThanOrEqual(4);
  expect(rows.length).toBeLessThan(10);
  expect(rows[0]?.detail).toEqual({ accepted: expect.any(Number), filtered: 0, quarantined: 0 });
});

test('an event that cannot be read, or an organisation nobody knows, is answered 202 and counted', async () => {
  const foreign = JSON.stringify(eventBridgeEvent(restRecord(1)));
  const answer = await post(`[{"id": 1}, ${foreign}]`);
  expect([answer.status, await answer.json()]).toEqual([202, { accepted: 0, filtered: 0, quarantined: 2 }]);
  const broken = await post('{"cut');
  expect([broken.status, await broken.json()]).toEqual([202, { accepted: 0, filtered: 0, quarantined: 1 }]);
});

test('nobody hands in events without the right key, and nothing is kept of what was refused', async () => {
  const count = async () => (await t.db.sql.query('select 1 from push_spool')).length;
  const before = await count();
  expect((await post('[]', '')).status).toBe(401);
  expect((await post('[]', 'Bearer tsk_nothing')).status).toBe(401);
  expect((await post('[]', as('auditor'))).status).toBe(403);
  expect((await post(`["${'x'.repeat(1024 * 1024)}"]`)).status).toBe(413);
  expect(await count()).toBe(before);
});

test('D9: the matching rule is changed on a running installation, and the page tells what it keeps away', async () => {
  const match = { entityTypes: ['OAuthClient'] };
  const body = JSON.stringify({ match });
  expect((await call(pushSettings.PUT, { authorization: as('operator'), method: 'PUT', body })).status).toBe(
    403,
  );
  const set = await call(pushSettings.PUT, { authorization: as('admin'), method: 'PUT', body });
  expect([set.status, await set.json()]).toEqual([200, { changed: true }]);
  sandbox.state.push = { url: address, key: keys.get('operator') ?? '' };
  const made = [
    ...sandbox.act('mass-oauth', { count: 2 }).records,
    ...sandbox.act('bulk', { count: 3 }).records,
  ];
  expect(made).toHaveLength(5);
  const shown = await until(async () => {
    const answer = await call(pushSettings.GET, { authorization: as('auditor'), method: 'GET' });
    const { items } = (await answer.json()) as {
      items: { match: unknown; received: { filtered: number } }[];
    };
    return items[0]?.received.filtered === 3 ? items[0] : undefined;
  });
  expect(shown).toMatchObject({ match, received: { kept: 254, filtered: 3, unreadable: 2 } });
  expect((await takePush({ db: t.db, vault }))[0]).toMatchObject({ newChanges: 2 });
});

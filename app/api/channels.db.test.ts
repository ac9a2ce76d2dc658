import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { planDeliveries } from '@/lib/alerts/deliveries/plan-delivery';
import { newDelivery } from '@/lib/alerts/fixtures/new-delivery';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { envWith } from '@/lib/env/env';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { ROLES, type Role } from '@/lib/kernel/words';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RouteHandler } from './handle';
import * as channel from './v1/channels/[id]/route';
import * as channelTest from './v1/channels/[id]/test/route';
import * as channels from './v1/channels/route';
import * as replay from './v1/deliveries/[id]/replay/route';
import * as delivery from './v1/deliveries/[id]/route';
import * as deliveries from './v1/deliveries/route';

const URL_HERE = 'http://localhost:3000';
const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const SOUTHWIND = '22222222-2222-4222-8222-222222222222';
const CANARY = 'canary-51c2e-never-in-the-clear';

let t: TestDatabase;
let sandbox: RunningSandbox;
const keys = new Map<string, string>();
beforeAll(async () => {
  [t, sandbox] = await Promise.all([testDatabase(), startSandbox()]);
  provideDatabase({ url: t.url, applicationName: 'test-channels' });
  provideAuthSettings({
    publicUrl: URL_HERE,
    secret: 'a secret for cookies of more than 32 letters',
    oidc: null,
  });
  envWith({ ...sandbox.env, SECRETS_KEY: 'a secrets key of more than thirty-two characters' });
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'mypurecloud.ie', now()), ($2, 'Southwind', 'mypurecloud.ie', now())`,
    [NORTHWIND, SOUTHWIND],
  );
  const by = { actor: SYSTEM_ACTOR, now: new Date() };
  const keyFor = async (name: string, role: Role, orgScope: string[] | null) =>
    keys.set(name, (await createApiKey(t.db.sql, { name, role, orgScope }, by)).key);
  for (const role of ROLES) await keyFor(role, role, null);
  await keyFor('limited', 'officer', [SOUTHWIND]);
});
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
  await sandbox.close();
  await t.drop();
});
afterEach(() => sandbox.faults({ slackStatus: 0, webhookStatus: 0 }));

async function call(
  route: RouteHandler,
  ask: { as?: string; method?: string; id?: string; body?: unknown; query?: string } = {},
) {
  const request = new Request(`${URL_HERE}/api/v1/x${ask.query ?? ''}`, {
    method: ask.method ?? 'GET',
    headers: {
      authorization: `Bearer ${keys.get(ask.as ?? 'admin')}`,
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
  });
  const response = await route(request, {
    params: Promise.resolve(ask.id === undefined ? {} : { id: ask.id }),
  });
  const text = await response.text();
  return { status: response.status, text, json: text === '' ? null : JSON.parse(text) };
}
const add = (body: unknown, as = 'admin') => call(channels.POST, { method: 'POST', body, as });
const hook = (path: string) => ({
  kind: 'webhook',
  name: 'Security desk',
  config: { url: `${sandbox.url}/webhook/${path}`, secret: `${CANARY}-${path}` },
});

describe('channels', () => {
  test('the inbox and what the environment sets are listed and cannot be changed here', async () => {
    const { json, text } = await call(channels.GET, { as: 'auditor' });
    expect(json.items.map((one: { id: string; state: string }) => `${one.id} ${one.state}`)).toEqual([
      'inbox active',
      'env_slack active',
      'env_email active',
      'env_servicenow active',
    ]);
    expect(json.items[2].shown.to).toBe('compliance@northwind.example.test');
    expect(text).not.toContain('/slack/compliance');
    expect(text).not.toContain(sandbox.env.SERVICENOW_PASSWORD);
    for (const id of ['env_slack', 'inbox'])
      expect((await call(channel.DELETE, { method: 'DELETE', id })).status).toBe(409);
    expect((await call(channel.PATCH, { method: 'PATCH', id: 'chn_none', body: {} })).status).toBe(404);
  });

  test('X15: a channel sends with secrets that stand in no table, no answer and no journal row', async () => {
    const path = `token-${CANARY}`;
    const added = await add(hook(path));
    expect(added).toMatchObject({
      status: 201,
      json: { kind: 'webhook', state: 'active', shown: { host: new URL(sandbox.url).host } },
    });
    const { id } = added.json;
    const tested = await call(channelTest.POST, { method: 'POST', id });
    expect(tested).toMatchObject({
      status: 200,
      json: { state: 'delivered', purpose: 'test', attempts: [{ outcome: 'delivered', status: 200 }] },
    });
    const renamed = await call(channel.PATCH, {
      method: 'PATCH',
      id,
      body: { name: 'Desk', config: { secret: `${CANARY}-other` } },
    });
    expect(renamed.json).toMatchObject({ name: 'Desk', state: 'active' });
    const listed = await call(channels.GET);
    for (const { text } of [added, tested, renamed, listed]) expect(text).not.toContain(CANARY);
    const tables = await t.owner.query<{ name: string }>(
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
       where table_schema in ('public', 'tally') and table_type = 'BASE TABLE'`,
    );
    for (const { name } of tables) {
      const found = await t.owner.query(
        `select 1 from ${name} row where row::text like $1 or row::text like $2`,
        [`%${CANARY}%`, `%${Buffer.from(CANARY).toString('hex')}%`],
      );
      expect({ name, found: found.length }).toEqual({ name, found: 0 });
    }
    const acts = await t.db.sql.query<{ action: string }>(
      `select action from journal where object_id = $1 order by received_at, id`,
      [id],
    );
    expect(acts.map((one) => one.action)).toEqual(['channel.added', 'channel.tested', 'channel.changed']);
    expect((await call(channel.DELETE, { method: 'DELETE', id })).status).toBe(204);
    expect(
      await t.db.sql.query(`select 1 from secret where starts_with(name, $1)`, [`channel/${id}`]),
    ).toEqual([]);
    expect((await call(delivery.GET, { id: tested.json.id })).json.channelName).toBe('Security desk');
  });

  test.each([
    ['http://169.254.169.254/latest', 'link-local'],
    ['https://10.0.0.8/hook', 'private network'],
    ['https://[::ffff:127.0.0.1]/hook', 'disguise'],
    ['http://93.184.216.34/hook', 'not https'],
    ['https://user:pw@93.184.216.34/hook', 'user or password'],
  ])('%s is refused before it is kept: %s', async (url, because) => {
    const answer = await add({ kind: 'webhook', name: 'x', config: { url, secret: 'sixteen letters!' } });
    expect(answer).toMatchObject({ status: 400, json: { detail: expect.stringContaining(because) } });
    const { id } = (await add(hook('moved'))).json;
    expect((await call(channel.PATCH, { method: 'PATCH', id, body: { config: { url } } })).status).toBe(400);
    await call(channel.DELETE, { method: 'DELETE', id });
  });

  test('what is missing is said, and a test of it says so too', async () => {
    const { json } = await add({ kind: 'slack', name: 'Later', config: {} });
    expect(json).toMatchObject({ state: 'incomplete', because: "The webhook's address is not set." });
    const tested = await call(channelTest.POST, { method: 'POST', id: json.id });
    expect(tested.json).toMatchObject({ state: 'dead', because: "The webhook's address is not set." });
  });

  test('D10: a test of a Slack channel answers with what Slack said', async () => {
    sandbox.faults({ slackStatus: 404 });
    const refused = await call(channelTest.POST, { method: 'POST', id: 'env_slack' });
    expect(refused.json).toMatchObject({ state: 'dead', because: expect.stringContaining('Make a new one') });
    sandbox.faults({ slackStatus: 0 });
    expect((await call(channelTest.POST, { method: 'POST', id: 'env_slack' })).json.state).toBe('delivered');
    const [slack] = (await call(channels.GET)).json.items.filter(
      (one: { id: string }) => one.id === 'env_slack',
    );
    expect(slack).toMatchObject({
      lastDeliveredAt: expect.any(String),
      lastFailure: { because: expect.stringContaining('Make a new one') },
    });
  });

  test('only administrators change and test channels', async () => {
    for (const as of ['officer', 'auditor', 'operator', 'privacy_officer', 'limited']) {
      expect((await add(hook('x'), as)).status).toBe(403);
      expect((await call(channelTest.POST, { method: 'POST', id: 'env_slack', as })).status).toBe(403);
    }
  });
});

describe('deliveries', () => {
  test('a dead letter is found, read and replayed by whoever may handle alerts of its organisation', async () => {
    const [id = ''] = await planDeliveries(t.db.sql, [
      newDelivery('api/dead', { channelId: 'chn_gone', orgId: NORTHWIND }),
    ]);
    const [other = ''] = await planDeliveries(t.db.sql, [
      newDelivery('api/other', { orgId: SOUTHWIND, held: { because: 'Quiet hours' } }),
    ]);
    const found = await call(deliveries.GET, { query: '?state=dead&channel=chn_gone' });
    expect(found.json.items).toMatchObject([
      { id, state: 'dead', because: 'There is no such channel any more.', attempts: [] },
    ]);

    const limited = (await call(deliveries.GET, { as: 'limited' })).json.items.map(
      (one: { id: string }) => one.id,
    );
    expect(limited).toEqual([other]);
    expect((await call(delivery.GET, { id, as: 'limited' })).status).toBe(404);
    expect((await call(replay.POST, { method: 'POST', id, as: 'limited' })).status).toBe(404);
    expect((await call(replay.POST, { method: 'POST', id, as: 'auditor' })).status).toBe(403);
    expect((await call(replay.POST, { method: 'POST', id: other, as: 'officer' })).status).toBe(409);

    expect((await call(replay.POST, { method: 'POST', id, as: 'officer' })).json).toMatchObject({
      id,
      state: 'waiting',
    });
    expect((await queueCounts()).lanes.quick.waiting).toBe(1);
  });

  test('pages follow each other, newest first, without gap or repetition', async () => {
    await planDeliveries(
      t.db.sql,
      Array.from({ length: 7 }, (_, n) =>
        newDelivery(`page/${n}`, { alertId: 'alr_pages', held: { because: 'x' } }),
      ),
    );
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = `?alert=alr_pages&limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`;
      const { json } = await call(deliveries.GET, { query });
      seen.push(...json.items.map((one: { id: string }) => one.id));
      cursor = json.nextCursor;
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toEqual([...seen].sort().reverse());
  });
});

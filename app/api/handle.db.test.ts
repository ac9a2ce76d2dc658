import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { createUser } from '@/lib/auth/people/create-user';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { openSession } from '@/lib/auth/sign-in/sessions';
import { view } from '@/lib/auth/view';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { AppError } from '@/lib/kernel/errors';
import { ROLES, type Role } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { handle, type RouteHandler } from './handle';
import { problemSchema } from './problem';
import * as apiKey from './v1/api-keys/[id]/route';
import * as apiKeys from './v1/api-keys/route';
import * as journal from './v1/journal/route';
import * as password from './v1/me/password/route';
import * as me from './v1/me/route';
import * as organization from './v1/organizations/[id]/route';
import * as organizations from './v1/organizations/route';
import * as policy from './v1/settings/policy/route';
import * as settings from './v1/settings/route';
import * as source from './v1/settings/sources/[id]/route';
import * as sources from './v1/settings/sources/route';
import * as user from './v1/users/[id]/route';
import * as userSessions from './v1/users/[id]/sessions/route';
import * as users from './v1/users/route';

const URL_HERE = 'http://localhost:3000';
const SECRET = 'a secret for cookies of more than 32 characters';
const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const SOUTHWIND = '22222222-2222-4222-8222-222222222222';

let t: TestDatabase;
const keys = new Map<Role, string>();
beforeAll(async () => {
  t = await testDatabase();
  provideDatabase({ url: t.url, applicationName: 'test-routes' });
  provideAuthSettings({ publicUrl: URL_HERE, secret: SECRET, oidc: null });
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'mypurecloud.ie', now()), ($2, 'Southwind', 'mypurecloud.ie', now())`,
    [NORTHWIND, SOUTHWIND],
  );
  for (const role of ROLES) keys.set(role, await keyFor(role));
});
afterAll(async () => {
  await closeDatabase();
  await t.drop();
});

const by = { actor: SYSTEM_ACTOR, now: new Date() };
async function keyFor(role: Role, orgScope: string[] | null = null) {
  return (await createApiKey(t.db.sql, { name: `${role} key`, role, orgScope }, by)).key;
}

type Ask = {
  key?: string;
  headers?: Record<string, string>;
  method?: string;
  body?: unknown;
  params?: Record<string, string>;
  query?: string;
};
async function call(route: RouteHandler, ask: Ask = {}) {
  const request = new Request(`${URL_HERE}/api/v1/x${ask.query ?? ''}`, {
    method: ask.method ?? 'GET',
    headers: {
      ...(ask.key ? { authorization: `Bearer ${ask.key}` } : {}),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...ask.headers,
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
  });
  const response = await route(request, { params: Promise.resolve(ask.params ?? {}) });
  const text = await response.text();
  return { status: response.status, headers: response.headers, json: text === '' ? null : JSON.parse(text) };
}
const journalRows = (action: string) =>
  t.db.sql.query<{ actor_id: string | null; object_id: string | null }>(
    'select actor_id, object_id from journal where action = $1 order by id',
    [action],
  );

describe('errors', () => {
  test('nobody signed in: 401 as problem+json, with a hint and the request id', async () => {
    const answer = await call(me.GET, { headers: { 'x-request-id': 'request-4711' } });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    expect(problemSchema.parse(answer.json)).toMatchObject({
      code: 'unauthenticated',
      requestId: 'request-4711',
    });
  });

  test('what was not thrown on purpose says nothing of its cause', async () => {
    const route = handle({
      permission: 'self.read',
      run: () => Promise.reject(new Error('password=hunter2 at db.internal')),
    });
    const answer = await call(route, { key: keys.get('officer')! });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.json)).not.toMatch(/hunter2|db\.internal|\.ts/);
  });

  test('a wrong query names its fields; a key given twice is a list', async () => {
    const route = handle({
      permission: 'self.read',
      query: z.object({ n: z.coerce.number(), tag: z.array(z.string()).optional() }),
      run: async ({ query }) => query,
    });
    const key = keys.get('officer')!;
    expect((await call(route, { key, query: '?n=x' })).json).toMatchObject({
      code: 'bad_request',
      issues: [{ at: 'n' }],
    });
    expect((await call(route, { key, query: '?n=1&tag=a&tag=b' })).json).toEqual({ n: 1, tag: ['a', 'b'] });
  });

  test('a limit that is reached says when to come back', async () => {
    const route = handle({
      permission: 'self.read',
      run: () =>
        Promise.reject(
          new AppError({
            code: 'too_many_requests',
            status: 429,
            message: 'cannot',
            details: { retryAfterSeconds: 7 },
          }),
        ),
    });
    const answer = await call(route, { key: keys.get('officer')! });
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7']);
  });
});

describe('cookies', () => {
  let cookie = '';
  beforeAll(async () => {
    const { user: person } = await createUser(
      t.db,
      { email: 'dana@example.com', name: 'Dana', role: 'admin', password: { kind: 'generate' } },
      SYSTEM_ACTOR,
    );
    const sid = await openSession(t.db, {
      userId: person.id,
      method: 'password',
      ip: null,
      userAgent: null,
      requestId: null,
      now: new Date(),
    });
    cookie = `other=1; tally-session=${await encode({ token: { sid }, secret: SECRET })}`;
  });
  const ours = { origin: URL_HERE, 'sec-fetch-site': 'same-origin', host: 'localhost:3000' };

  test('a session cookie is its person', async () => {
    const answer = await call(me.GET, { headers: { cookie } });
    expect(answer.json).toMatchObject({
      kind: 'person',
      name: 'Dana',
      email: 'dana@example.com',
      role: 'admin',
    });
  });

  test.each([
    ['no origin', {}],
    ['another site', { ...ours, origin: 'https://evil.example' }],
    ['our name from another site', { ...ours, 'sec-fetch-site': 'cross-site' }],
    ['a sister site', { ...ours, 'sec-fetch-site': 'same-site' }],
    ['an opaque origin', { ...ours, origin: 'null' }],
  ])('a write that came from %s is refused', async (_, headers: Record<string, string>) => {
    const body = { name: 'k', role: 'officer' };
    const answer = await call(apiKeys.POST, { method: 'POST', body, headers: { cookie, ...headers } });
    expect(answer.status).toBe(403);
  });

  test('a write of our own page is taken; a form of another media type is not', async () => {
    const body = { name: 'k', role: 'officer' };
    expect((await call(apiKeys.POST, { method: 'POST', body, headers: { cookie, ...ours } })).status).toBe(
      201,
    );
    const form = { cookie, ...ours, 'content-type': 'text/plain' };
    expect((await call(apiKeys.POST, { method: 'POST', body, headers: form })).status).toBe(415);
  });

  test('a cookie made with another secret is nobody', async () => {
    const forged = `tally-session=${await encode({ token: { sid: 'x' }, secret: 'another secret of more than 32 characters' })}`;
    expect((await call(me.GET, { headers: { cookie: forged } })).status).toBe(401);
  });
});

describe('keys', () => {
  test('a key sees the organisations it was made for', async () => {
    const key = await keyFor('officer', [NORTHWIND]);
    const answer = await call(organizations.GET, { key });
    expect(answer.json.items.map((one: { id: string }) => one.id)).toEqual([NORTHWIND]);
  });

  test('a revoked key is refused at its next request, and so is one that has expired', async () => {
    const made = await call(apiKeys.POST, {
      method: 'POST',
      body: { name: 'short', role: 'officer' },
      key: keys.get('admin')!,
    });
    const { id, key } = made.json;
    expect((await call(me.GET, { key })).status).toBe(200);
    await call(apiKey.DELETE, { method: 'DELETE', params: { id }, key: keys.get('admin')! });
    expect((await call(me.GET, { key })).status).toBe(401);

    const expiring = await createApiKey(
      t.db.sql,
      { name: 'e', role: 'officer', expiresAt: new Date(Date.now() + 5) },
      by,
    );
    await new Promise((done) => setTimeout(done, 20));
    expect((await call(me.GET, { key: expiring.key })).status).toBe(401);
  });

  test('X15: the key stands nowhere in the database', async () => {
    const key = keys.get('officer')!;
    for (const table of ['api_key', 'api_key_secret', 'journal']) {
      expect(
        await t.owner.query(`select 1 from ${table} r where r::text like $1`, [`%${key.slice(4)}%`]),
      ).toHaveLength(0);
    }
  });
});

describe('writes', () => {
  test('a write that leaves no journal row does not happen', async () => {
    const route = handle({
      permission: 'users.manage',
      run: async ({ tx }) =>
        tx.sql.query(
          `insert into app_user (id, email, name, role, state, created_at) values ('usr_silent', 'silent@example.com', 'S', 'officer', 'active', now())`,
        ),
    });
    const answer = await call(route, { method: 'POST', key: keys.get('admin')! });
    expect(answer.json).toMatchObject({ code: 'act_not_journaled' });
    expect(await t.db.sql.query(`select 1 from app_user where id = 'usr_silent'`)).toHaveLength(0);
  });

  test('a write is no GET', async () => {
    expect((await call(apiKeys.POST, { method: 'GET', key: keys.get('admin')! })).status).toBe(400);
  });

  test("an auditor's write runs as the viewer's role: whatever the code tries, the database refuses", async () => {
    const route = handle({
      permission: 'self.write',
      async run({ tx, journal: note }) {
        await note({ action: 'x.tried', objectType: 'x' });
        await tx.sql.query(`update app_user set role = 'admin'`);
      },
    });
    const answer = await call(route, { method: 'POST', key: keys.get('auditor')! });
    expect(answer.status).toBe(500);
    expect(await journalRows('x.tried')).toHaveLength(0);
  });
});

describe('the viewer door', () => {
  test("every view of an auditor is journaled; an officer's is not, unless the map says so", async () => {
    const read = handle({
      permission: 'metrics.read',
      run: ({ viewer }) =>
        view({ permission: 'metrics.read' }, async () => ({ ok: true }))(viewer, undefined),
    });
    const raw = handle({
      permission: 'changes.raw',
      run: ({ viewer }) => view({ permission: 'changes.raw' }, async () => ({ ok: true }))(viewer, undefined),
    });
    await call(read, { key: keys.get('officer')! });
    expect(await journalRows('metrics.viewed')).toHaveLength(0);
    await call(read, { key: keys.get('auditor')! });
    expect(await journalRows('metrics.viewed')).toHaveLength(1);
    await call(raw, { key: keys.get('officer')! });
    expect(await journalRows('changes.viewed')).toHaveLength(1);
  });

  test('a view that fails leaves no row, and a view whose row fails shows nothing', async () => {
    const before = (await journalRows('metrics.viewed')).length;
    const failing = handle({
      permission: 'metrics.read',
      run: ({ viewer }) =>
        view({ permission: 'metrics.read' }, () => Promise.reject(new Error('no')))(viewer, undefined),
    });
    await call(failing, { key: keys.get('auditor')! });
    const unrecordable = handle({
      permission: 'metrics.read',
      run: ({ viewer }) =>
        view({ permission: 'metrics.read', journal: () => ({ orgId: 'no uuid' }) }, async () => ({
          secret: 'shown',
        }))(viewer, undefined),
    });
    const answer = await call(unrecordable, { key: keys.get('auditor')! });
    expect(answer.status).toBe(500);
    expect(await journalRows('metrics.viewed')).toHaveLength(before);
  });
});

describe('who may call what', () => {
  const person = { email: 'new@example.com', name: 'New', role: 'officer', signIn: 'invite' };
  const git = { kind: 'git', name: 'Repo', config: { repositories: ['https://git.example.com/x.git'] } };
  const gone = { id: 'none' };
  const admin: Role[] = ['admin'];
  const routes: [string, RouteHandler, Ask, readonly Role[]][] = [
    ['GET me', me.GET, {}, ROLES],
    ['PUT me/password', password.PUT, { method: 'PUT', body: { current: 'a', wanted: 'b' } }, []],
    ['GET organizations', organizations.GET, {}, ROLES],
    [
      'PATCH organizations',
      organization.PATCH,
      { method: 'PATCH', params: { id: NORTHWIND }, body: { state: 'active' } },
      admin,
    ],
    ['GET users', users.GET, {}, ['admin', 'officer', 'auditor']],
    ['POST users', users.POST, { method: 'POST', body: person }, admin],
    ['PATCH users', user.PATCH, { method: 'PATCH', params: gone, body: { role: 'admin' } }, admin],
    ['DELETE sessions', userSessions.DELETE, { method: 'DELETE', params: gone }, admin],
    ['GET api-keys', apiKeys.GET, {}, ['admin', 'auditor']],
    ['POST api-keys', apiKeys.POST, { method: 'POST', body: { name: 'k', role: 'admin' } }, admin],
    ['DELETE api-keys', apiKey.DELETE, { method: 'DELETE', params: gone }, admin],
    ['GET settings', settings.GET, {}, ROLES],
    ['PUT settings/policy', policy.PUT, { method: 'PUT', body: {} }, admin],
    ['GET sources', sources.GET, {}, ROLES],
    ['POST sources', sources.POST, { method: 'POST', body: git }, admin],
    ['PATCH sources', source.PATCH, { method: 'PATCH', params: gone, body: {} }, admin],
    ['DELETE sources', source.DELETE, { method: 'DELETE', params: gone }, admin],
    ['GET journal', journal.GET, {}, ['admin', 'officer', 'auditor']],
  ];

  test.each(routes)('%s', async (_, route, ask, allowed) => {
    expect((await call(route, ask)).status).toBe(401);
    for (const role of ROLES) {
      const before = (await journalRows('access.denied')).length;
      const { status } = await call(route, { ...ask, key: keys.get(role)! });
      const denied = (await journalRows('access.denied')).length - before;
      if (allowed.includes(role))
        expect({ role, status: status < 300 || status === 404, denied }).toEqual({
          role,
          status: true,
          denied: 0,
        });
      else expect({ role, status }).toEqual({ role, status: 403 });
    }
  });

  test('a limited administrator reaches neither another organisation nor the installation', async () => {
    const key = await keyFor('admin', [NORTHWIND]);
    const elsewhere = { method: 'PATCH', params: { id: SOUTHWIND }, body: { state: 'paused' }, key };
    expect((await call(organization.PATCH, elsewhere)).status).toBe(404);
    expect(
      (await call(users.POST, { method: 'POST', body: { ...person, email: 'x@example.com' }, key })).status,
    ).toBe(403);
    const entries = await call(journal.GET, { key });
    expect(entries.json.items.every((one: { orgId: string | null }) => one.orgId === NORTHWIND)).toBe(true);
  });
});

describe('the journal over HTTP', () => {
  test('pages follow each other without a gap or a repeat, newest first', async () => {
    const key = keys.get('officer')!;
    const seen: string[] = [];
    let cursor = '';
    do {
      const { json } = await call(journal.GET, {
        key,
        query: `?limit=7&to=${new Date().toISOString()}${cursor}`,
      });
      for (const item of json.items) seen.push(item.id);
      cursor = json.nextCursor ? `&cursor=${json.nextCursor}` : '';
    } while (cursor !== '');
    const rows = await t.db.sql.query<{ id: string }>('select id from journal order by at desc, id desc');
    expect(seen).toEqual(rows.map((row) => row.id));
  });

  test('filters by action, by actor and by object', async () => {
    const key = keys.get('officer')!;
    const { json } = await call(journal.GET, {
      key,
      query: '?action=api_key.*&actor=system&object=api_key&limit=500',
    });
    expect(json.items.length).toBeGreaterThan(4);
    for (const item of json.items) {
      expect(item).toMatchObject({
        actor: { kind: 'system' },
        object: { type: 'api_key' },
        action: expect.stringMatching(/^api_key\./),
      });
    }
  });
});

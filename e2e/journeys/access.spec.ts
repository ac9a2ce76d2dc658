import fs from 'node:fs';
import path from 'node:path';
import type { APIRequestContext, APIResponse } from '@playwright/test';
import { ROLES } from '@/lib/kernel/words';
import { BASE_URL } from '../stage/addresses';
import { expect, test } from '../stage/stage';

/**
 * Who may call what, by hand: `anyone` also signed out, `everybody` each role, else the roles by name. The permission map says
 * the same in code; this file is what a reviewer reads, and the running product is held against it.
 */
const MATRIX: Readonly<Record<string, string>> = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, 'access-matrix.json'), 'utf8'),
);
const ROUTES = path.resolve(import.meta.dirname, '../../app/api/v1');
/** An id of nothing, so that no call of the sweep changes anything. */
const NOTHING = 'nothing';

function callsOfRouteFiles(): string[] {
  return fs
    .readdirSync(ROUTES, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === 'route.ts')
    .flatMap((file) => {
      const code = fs.readFileSync(path.join(ROUTES, file), 'utf8');
      const methods = [...code.matchAll(/^export const (GET|POST|PUT|PATCH|DELETE)\b/gm)];
      return methods.map(([, method]) => `${method} /api/v1/${path.dirname(file)}`);
    });
}

function call(door: APIRequestContext, name: string): Promise<APIResponse> {
  const [method = '', route = ''] = name.split(' ');
  const url = route.replace('[kind]', 'user').replaceAll(/\[\w+\]/g, NOTHING);
  // A body that no route accepts: whoever may call is told that it cannot be read.
  const data = method === 'GET' || method === 'DELETE' ? {} : { data: { unexpected: true } };
  return door.fetch(url, { method, ...data });
}

test('every route file stands in the matrix, and nothing else does', () => {
  expect(Object.keys(MATRIX).sort()).toEqual(callsOfRouteFiles().sort());
});

test('an auditor changes nothing but their own password and what they have read', () => {
  const writes = Object.entries(MATRIX).filter(([name]) => !name.startsWith('GET '));
  const ofAuditors = writes.filter(([, roles]) => roles === 'everybody' || roles.includes('auditor'));
  expect(ofAuditors.map(([name]) => name).sort()).toEqual([
    // Each tries a rule on what was found or when a window opens; they write nothing.
    'POST /api/v1/alert-rules/preview',
    'POST /api/v1/change-windows/preview',
    'POST /api/v1/excuse-rules/preview',
    'POST /api/v1/high-risk-rules/preview',
    'POST /api/v1/inbox/read',
    'PUT /api/v1/me/password',
  ]);
});

test('signed out: nothing but what is for anyone', async ({ apiWith }) => {
  const nobody = await apiWith(null);
  for (const [name, roles] of Object.entries(MATRIX)) {
    const status = (await call(nobody, name)).status();
    // A write for anyone is let in, and told that its body cannot be read.
    if (roles === 'anyone' && !name.startsWith('GET ')) expect(status, name).toBe(400);
    else if (roles === 'anyone') expect(status, name).toBeLessThan(400);
    else expect(status, name).toBe(401);
  }
  const wrong = await apiWith('tsk_0000000000000000000000000000000000000000000');
  expect((await wrong.get('/api/v1/me')).status()).toBe(401);
});

for (const role of ROLES) {
  for (const way of ['session', 'API key'] as const) {
    test(`${role} with a ${way}: what the matrix allows, and nothing else`, async ({
      api,
      apiWithNewKey,
    }) => {
      const door = way === 'session' ? await api(role) : await apiWithNewKey(role);
      const wrong: string[] = [];
      for (const [name, roles] of Object.entries(MATRIX)) {
        const allowed = roles === 'anyone' || roles === 'everybody' || roles.split(' ').includes(role);
        const status = (await call(door, name)).status();
        const fine = allowed ? status !== 401 && status !== 403 && status < 500 : status === 403;
        if (!fine) wrong.push(`${name}: ${status}, ${allowed ? 'allowed' : 'not allowed'}`);
      }
      expect(wrong).toEqual([]);
    });
  }
}

test('a write that another site started is refused', async ({ api, playwright }) => {
  const { cookies } = await (await api('admin')).storageState();
  for (const origin of ['https://example.test', 'null']) {
    const elsewhere = await playwright.request.newContext({
      storageState: { cookies, origins: [] },
      extraHTTPHeaders: { origin },
    });
    const answer = await elsewhere.post(`${BASE_URL}/api/v1/collections`, { data: { kind: 'sync' } });
    expect(answer.status()).toBe(403);
    await elsewhere.dispose();
  }
});

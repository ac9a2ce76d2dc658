import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { openSession } from '@/lib/auth/sign-in/sessions';
import { auditId, ORG } from '@/lib/changes/fixtures/records';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { envWith } from '@/lib/env/env';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { AT, plant, silent } from '@/lib/linking/fixtures/manual-stage';
import { linkKey, tokenOf } from '@/lib/linking/model/justifications/signed-link';
import { closeQueue } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RouteHandler } from './handle';
import * as preview from './v1/changes/[id]/decisions/preview/route';
import * as decisions from './v1/changes/[id]/decisions/route';
import * as answer from './v1/justifications/answer/route';
import * as justifications from './v1/justifications/route';

const URL_HERE = 'http://localhost:3000';
const SECRET = 'a secret for cookies of more than 32 letters';
const PAGE = { origin: URL_HERE, 'sec-fetch-site': 'same-origin', host: 'localhost:3000' };
const PAPER = {
  kind: 'manual',
  reference: 'Form 12/2026',
  title: 'Emergency form on paper',
  approver: 'Paula Plant',
  approvedAt: toIso(addMs(AT, -HOUR_MS)),
};
const ATTACH = { what: 'attach', attached: PAPER, reason: 'agreed on paper' };

let t: TestDatabase;
const credentials = new Map<string, Record<string, string>>();

async function call(
  route: RouteHandler | undefined,
  as: string,
  { params = {}, body }: { params?: Record<string, string>; body?: unknown } = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  if (route === undefined) throw new Error('no such method');
  const request = new Request(`${URL_HERE}/api/v1/x`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      ...credentials.get(as),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await route(request, { params: Promise.resolve(params) });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
}
const ofChange = (n: number, body?: unknown) => ({ params: { id: auditId(n) }, ...(body ? { body } : {}) });

beforeAll(async () => {
  t = await testDatabase();
  provideDatabase({ url: t.url, applicationName: 'test-manual-links' });
  provideAuthSettings({ publicUrl: URL_HERE, secret: SECRET, oidc: null });
  envWith({});
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'x', now()) on conflict do nothing`,
    [ORG],
  );
  await plant(t, [silent(1), silent(2), silent(3)]);
  const by = { actor: SYSTEM_ACTOR, now: new Date() };
  for (const role of ['officer', 'auditor', 'operator'] as const)
    credentials.set(`${role} key`, {
      authorization: `Bearer ${(await createApiKey(t.db.sql, { name: role, role, orgScope: null }, by)).key}`,
    });
  for (const name of ['olga', 'dana']) {
    const sid = await openSession(t.db, {
      userId: `usr_${name}`,
      method: 'password',
      ip: null,
      userAgent: null,
      requestId: null,
      now: new Date(),
    });
    const token = await encode({ token: { sid }, secret: SECRET });
    credentials.set(name, { cookie: `tally-session=${token}`, ...PAGE });
  }
  credentials.set('page of ours', PAGE);
  credentials.set('page of another site', { origin: 'https://evil.example.test', host: 'localhost:3000' });
  credentials.set('nobody', {});
});
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
  await t.drop();
});

describe('decisions over HTTP', () => {
  test('a person attaches; keys, auditors, operators and whoever made the change do not', async () => {
    expect((await call(preview.POST, 'olga', ofChange(1, { attached: PAPER }))).body).toMatchObject({
      because: null,
      claim: { status: 'linked', approvers: ['Paula Plant'] },
    });
    for (const who of ['officer key', 'auditor key', 'operator key', 'dana'])
      expect((await call(decisions.POST, who, ofChange(1, ATTACH))).status).toBe(403);
    expect((await call(decisions.POST, 'nobody', ofChange(1, ATTACH))).status).toBe(401);
    const made = await call(decisions.POST, 'olga', ofChange(1, ATTACH));
    expect(made).toMatchObject({ status: 201, body: { linkage: 'linked' } });
    expect((await call(decisions.POST, 'olga', ofChange(1, ATTACH))).status).toBe(409);
    const seen = await call(decisions.GET, 'auditor key', ofChange(1));
    expect(seen.body).toMatchObject({
      mayDecide: { allowed: false },
      decisions: [{ what: 'attached', by: 'Olga Officer', reason: 'agreed on paper' }],
    });
  });

  test('a decision without a reason, and a reference that is none, are refused field by field', async () => {
    expect((await call(decisions.POST, 'olga', ofChange(2, { ...ATTACH, reason: '' }))).status).toBe(400);
    const odd = { ...ATTACH, attached: { kind: 'servicenow', reference: "CHG1' or 1=1" } };
    expect((await call(decisions.POST, 'olga', ofChange(2, odd))).status).toBe(400);
    const script = { ...ATTACH, attached: { ...PAPER, url: 'javascript:alert(1)' } };
    expect((await call(decisions.POST, 'olga', ofChange(2, script))).status).toBe(400);
  });
});

describe('requests over HTTP', () => {
  test('an answer needs the signed link and a page of ours, and nobody signed in', async () => {
    const asked = await call(justifications.POST, 'olga', {
      body: { changeIds: [auditId(3)], question: 'Why was it renamed on a Sunday?' },
    });
    expect(asked).toMatchObject({ status: 201, body: { state: 'sent', toAddress: 'dana@example.test' } });
    const token = tokenOf(String(asked.body.id), linkKey(SECRET));
    const said = { token, words: 'The planners asked for it.' };
    expect((await call(answer.POST, 'page of another site', { body: said })).status).toBe(403);
    expect((await call(answer.POST, 'nobody', { body: said })).status).toBe(403);
    expect((await call(answer.POST, 'page of ours', { body: { ...said, token: `${token}x` } })).status).toBe(
      404,
    );
    expect((await call(answer.POST, 'page of ours', { body: said })).status).toBe(201);
    expect((await call(answer.POST, 'page of ours', { body: said })).status).toBe(409);
    expect((await call(justifications.GET, 'operator key')).status).toBe(403);
    expect((await call(justifications.GET, 'auditor key')).body).toMatchObject({
      items: [{ state: 'answered', answer: { words: 'The planners asked for it.' } }],
    });
    expect(JSON.stringify((await call(justifications.GET, 'auditor key')).body)).not.toContain(token);
  });
});

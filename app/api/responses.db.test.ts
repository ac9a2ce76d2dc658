import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { intentOf, responseTo } from '@/lib/alerts/responses/new-response';
import { insertResponse } from '@/lib/alerts/store/response/response-rows';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { openSession } from '@/lib/auth/sign-in/sessions';
import { insertUser } from '@/lib/auth/store/user-rows';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { envWith } from '@/lib/env/env';
import type { Finding } from '@/lib/findings/model/concern';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import type { Role } from '@/lib/kernel/words';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RouteHandler } from './handle';
import * as decisions from './v1/responses/[id]/decisions/route';
import * as one from './v1/responses/[id]/route';
import * as responses from './v1/responses/route';

const URL_HERE = 'http://localhost:3000';
const SECRET = 'a secret for cookies of more than 32 letters';
const ORG = '11111111-1111-4111-8111-111111111111';
const OTHER = '22222222-2222-4222-8222-222222222222';
const REASON = 'Nobody asked for this move.';

let t: TestDatabase;
let finding: Finding;
const credentials = new Map<string, Record<string, string>>();

beforeAll(async () => {
  t = await testDatabase();
  provideDatabase({ url: t.url, applicationName: 'test-responses' });
  provideAuthSettings({ publicUrl: URL_HERE, secret: SECRET, oidc: null });
  envWith({});
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'x', now()), ($2, 'Southwind', 'x', now())`,
    [ORG, OTHER],
  );
  const by = { actor: SYSTEM_ACTOR, now: new Date() };
  const keyFor = async (name: string, role: Role, orgScope: string[] | null = null) =>
    credentials.set(name, {
      authorization: `Bearer ${(await createApiKey(t.db.sql, { name, role, orgScope }, by)).key}`,
    });
  await keyFor('key', 'officer');
  await keyFor('auditor', 'auditor');
  await keyFor('operator', 'operator');
  await keyFor('stranger', 'officer', [OTHER]);
  for (const name of ['olga', 'ben']) {
    const user = {
      id: `usr_${name}`,
      email: `${name}@example.test`,
      name,
      role: 'officer',
      orgScope: null,
    } as const;
    await insertUser(t.db.sql, { ...user, state: 'active', createdAt: by.now, lastSignInAt: null });
    const sid = await openSession(t.db, {
      userId: user.id,
      method: 'password',
      ip: null,
      userAgent: null,
      requestId: null,
      now: new Date(),
    });
    const token = await encode({ token: { sid }, secret: SECRET });
    credentials.set(name, {
      cookie: `tally-session=${token}`,
      origin: URL_HERE,
      'sec-fetch-site': 'same-origin',
      host: 'localhost:3000',
    });
  }
  const raised = await t.db.transaction((sql) =>
    raiseFindings(sql, {
      orgId: ORG,
      now: by.now,
      ruleSha256Of: () => 'ab'.repeat(32),
      concerns: [
        {
          key: 'self-move/mov_1',
          rule: 'self-move',
          severity: 'critical',
          subject: { type: 'User', id: 'user-1', name: 'Luis Ortega' },
          sentence: 'Luis Ortega moved themselves',
          reasons: ['the moved person is the one who acted'],
          occurredAt: by.now,
          receivedAt: by.now,
          actor: { kind: 'person', id: 'user-1', name: 'Luis Ortega' },
          changeIds: ['change-1'],
          moveId: 'mov_1',
          sessionId: null,
          divisionIds: [],
          responses: [
            { kind: 'deactivate_user', target: { type: 'User', id: 'user-1', name: 'Luis Ortega' } },
          ],
          tell: [],
          unmutable: false,
        },
      ],
    }),
  );
  const [first] = raised;
  if (first === undefined) throw new Error('no finding');
  finding = first;
});
afterAll(async () => {
  await closeQueue();
  await closeDatabase();
  await t.drop();
});

async function call(
  route: RouteHandler,
  ask: { as: string; method?: string; id?: string; body?: unknown; query?: string },
) {
  const request = new Request(`${URL_HERE}/api/v1/x${ask.query ?? ''}`, {
    method: ask.method ?? 'GET',
    headers: {
      ...credentials.get(ask.as),
      ...(ask.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(ask.body === undefined ? {} : { body: JSON.stringify(ask.body) }),
  });
  const response = await route(request, {
    params: Promise.resolve(ask.id === undefined ? {} : { id: ask.id }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? null : JSON.parse(text) };
}
const ask = (as: string, body: object = {}) =>
  call(responses.POST, {
    as,
    method: 'POST',
    body: { findingId: finding.id, kind: 'deactivate_user', reason: REASON, ...body },
  });
const decide = (as: string, id: string, body: object) =>
  call(decisions.POST, { as, method: 'POST', id, body: { reason: REASON, ...body } });

describe('asking and deciding over HTTP', () => {
  test('D29: asked by one, approved by another with the name typed; then it waits in the queue', async () => {
    expect((await ask('auditor')).status).toBe(403);
    expect((await ask('operator')).status).toBe(403);
    expect((await ask('stranger')).status).toBe(404);
    expect((await ask('olga', { kind: 'disable_client' })).status).toBe(400);
    expect((await ask('olga', { reason: 'short' })).status).toBe(400);
    const asked = await ask('olga');
    expect(asked).toMatchObject({ status: 201, json: { state: 'waiting' } });
    const { id } = asked.json;
    expect((await ask('ben')).status).toBe(409);

    const seen = await call(one.GET, { as: 'olga', id });
    expect(seen.json).toMatchObject({
      requestedBy: 'olga',
      mode: 'ask',
      may: { approve: { allowed: false, because: 'You asked for this; someone else must approve.' } },
    });
    // From here the platform is not asked: what only it can tell is not evaluated, and is asked before anything is done.
    const guards = new Map(
      seen.json.guards.map((guard: { guard: string; outcome: string }) => [guard.guard, guard.outcome]),
    );
    expect([guards.get('still_holds'), guards.get('permission'), guards.get('own_client')]).toEqual([
      'not_evaluated',
      'not_evaluated',
      'pass',
    ]);
    expect((await call(one.GET, { as: 'stranger', id })).status).toBe(404);
    expect((await call(one.GET, { as: 'operator', id })).status).toBe(403);

    expect((await decide('olga', id, { decision: 'approve', confirm: 'Luis Ortega' })).status).toBe(403);
    expect((await decide('key', id, { decision: 'approve', confirm: 'Luis Ortega' })).status).toBe(403);
    expect((await decide('auditor', id, { decision: 'approve', confirm: 'Luis Ortega' })).status).toBe(403);
    expect((await decide('stranger', id, { decision: 'reject' })).status).toBe(404);
    expect((await decide('ben', id, { decision: 'approve' })).status).toBe(400);
    expect((await decide('ben', id, { decision: 'approve', confirm: 'LUIS ORTEGA' })).status).toBe(400);
    const approved = await decide('ben', id, { decision: 'approve', confirm: 'Luis Ortega ' });
    expect(approved).toEqual({ status: 200, json: { id, state: 'approved' } });
    expect((await queueCounts()).lanes.quick.waiting).toBe(1);
    const journal = await t.owner.query<{ action: string; actor_name: string }>(
      `select action, actor_name from journal where object_id = $1 and action like 'response.%' order by received_at, id`,
      [id],
    );
    expect(journal).toContainEqual({ action: 'response.asked', actor_name: 'olga' });
    expect(journal).toContainEqual({ action: 'response.approved', actor_name: 'ben' });
  });

  test('the list is filtered and journaled for auditors alone', async () => {
    const proposal = finding.responses[0];
    if (proposal === undefined) throw new Error('no proposal');
    const kept = { ...finding, alertId: null, incident: null };
    await insertResponse(t.db.sql, {
      ...responseTo(kept, intentOf(proposal), new Date()),
      key: 'observed',
      mode: 'observe',
      state: 'observed',
      because: 'Would have deactivated Luis Ortega at 10:02:07Z.',
      expiresAt: null,
      requestedBy: { kind: 'system', id: null, name: 'Tallystick' },
      decidedAt: null,
      decidedBy: null,
      decisionReason: null,
      finishedAt: null,
    });
    const counted = async () =>
      (await t.owner.query(`select 1 from journal where action = 'responses.viewed'`)).length;
    const before = await counted();
    expect((await call(responses.GET, { as: 'ben' })).json.items).toHaveLength(2);
    expect(await counted()).toBe(before);
    const listed = await call(responses.GET, {
      as: 'auditor',
      query: '?state=observed&kind=deactivate_user',
    });
    expect(listed.json.items).toMatchObject([
      { state: 'observed', because: expect.stringContaining('10:02:07Z') },
    ]);
    expect(await counted()).toBe(before + 1);
    expect((await call(responses.GET, { as: 'stranger' })).json.items).toEqual([]);
    expect((await call(responses.GET, { as: 'ben', query: '?cursor=nonsense' })).status).toBe(400);
  });
});

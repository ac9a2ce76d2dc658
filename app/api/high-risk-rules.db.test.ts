import { encode } from 'next-auth/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApiKey } from '@/lib/auth/keys/api-keys';
import { provideAuthSettings } from '@/lib/auth/sign-in/auth-settings';
import { openSession } from '@/lib/auth/sign-in/sessions';
import { insertUser } from '@/lib/auth/store/user-rows';
import type { RiskRulesDto } from '@/lib/changes/contract/risk-rules';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { auditId, ORG, page, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import { judgeRiskAgain } from '@/lib/changes/risk/judge-again';
import { closeDatabase, provideDatabase } from '@/lib/db/process-database';
import { envWith } from '@/lib/env/env';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, floorToSecond, toIso } from '@/lib/kernel/instant';
import type { Role } from '@/lib/kernel/words';
import { closeQueue, queueCounts } from '@/lib/queue/enqueue';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RouteHandler } from './handle';
import * as changes from './v1/changes/route';
import * as decision from './v1/high-risk-rules/[id]/decision/route';
import * as preview from './v1/high-risk-rules/preview/route';
import * as rules from './v1/high-risk-rules/route';

const URL_HERE = 'http://localhost:3000';
const SECRET = 'a secret for cookies of more than 32 letters';
const OTHER = '22222222-2222-4222-8222-222222222222';
const NOW = floorToSecond(new Date());
const SINCE = toIso(addMs(NOW, -5 * DAY_MS));

let t: TestDatabase;
const credentials = new Map<string, Record<string, string>>();

beforeAll(async () => {
  t = await testDatabase();
  provideDatabase({ url: t.url, applicationName: 'test-high-risk' });
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
  for (const [name, role] of [
    ['ana', 'admin'],
    ['ben', 'officer'],
  ] as const) {
    const user = { id: `usr_${name}`, email: `${name}@example.test`, name, role, orgScope: null };
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
  const knowledge = await loadKnowledge(t.db.sql, ORG, NOW);
  const skills = [1, 2, 3].map((n) =>
    restRecord(n, {
      serviceName: 'Routing',
      entityType: 'RoutingSkill',
      action: 'Delete',
      eventDate: toIso(addMs(NOW, -n * DAY_MS)),
    }),
  );
  await ingestBatch({ db: t.db, vault: memoryVault(), knowledge, now: NOW }, [
    page(skills, { receivedAt: NOW }),
  ]);
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
    method: ask.method ?? (ask.body === undefined ? 'GET' : 'POST'),
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
const content = (more: object = {}) => ({
  name: 'Deletion of skills',
  service: null,
  entityTypes: ['RoutingSkill'],
  actions: ['Delete'],
  properties: [],
  actor: null,
  conditions: [],
  level: 'high',
  reason: 'routing may lose its skills',
  enabled: true,
  ...more,
});
const proposal = (more: object = {}) => ({
  org: ORG,
  ruleId: null,
  content: content(),
  why: 'The board asked for it.',
  effectiveFrom: SINCE,
  ...more,
});
const propose = (as: string, body: object = proposal()) => call(rules.POST, { as, body });
const decide = (as: string, id: string, word: string) =>
  call(decision.POST, { as, id, body: { decision: word, why: 'Agreed in the meeting.' } });
const list = async (as: string): Promise<RiskRulesDto['organizations'][number]> =>
  (await call(rules.GET, { as, query: `?org=${ORG}` })).json.organizations[0];

describe('the table of high-risk changes over HTTP', () => {
  test('R20: proposed by one, approved by another; changes are judged again and filtered by the rule', async () => {
    for (const [who, status] of [
      ['auditor', 403],
      ['operator', 403],
      ['stranger', 404],
    ] as const)
      expect((await propose(who)).status).toBe(status);
    const tried = await call(preview.POST, {
      as: 'auditor',
      body: { org: ORG, ruleId: null, content: content() },
    });
    expect(tried.json.effects[0]).toEqual({ days: 30, matched: 3, becomeHigh: 3, stopHigh: 0, otherwise: 0 });

    const proposed = await propose('ana');
    expect(proposed.status).toBe(201);
    const { id, ruleId } = proposed.json;
    expect((await list('ana')).proposals[0]).toMatchObject({
      id,
      proposedBy: 'ana',
      baseVersion: 0,
      decision: null,
      preview: { effects: [{ becomeHigh: 3 }, { becomeHigh: 3 }] },
      may: { approve: { allowed: false }, withdraw: { allowed: true } },
    });
    expect((await decide('ana', id, 'approve')).status).toBe(403);
    expect((await decide('key', id, 'approve')).status).toBe(403);
    expect((await decide('auditor', id, 'approve')).status).toBe(403);
    expect((await decide('stranger', id, 'refuse')).status).toBe(404);
    const approved = await decide('ben', id, 'approve');
    expect(approved).toEqual({ status: 200, json: { id, decision: 'approved', version: 1 } });
    expect((await decide('ben', id, 'refuse')).status).toBe(403);
    expect((await queueCounts()).lanes.long.waiting).toBe(1);
    expect((await list('ben')).rejudging).toMatchObject([{ ruleId, version: 1, from: SINCE }]);

    await judgeRiskAgain(t.db, { orgId: ORG, now: () => new Date() });
    const seen = await list('operator');
    expect(seen.rules.find((rule) => rule.id === ruleId)).toMatchObject({
      origin: 'person',
      changes30Days: 3,
      changedBy: 'ana',
    });
    expect(seen.known.entityTypes).toEqual(['RoutingSkill']);
    const found = await call(changes.GET, { as: 'operator', query: `?riskRule=${ruleId}` });
    expect(found.json.items.map((one: { id: string }) => one.id)).toEqual([1, 2, 3].map(auditId));
    expect(found.json.items[0].risk).toEqual({ level: 'high', reasons: ['routing may lose its skills'] });
    const journal = await t.owner.query<{ action: string; actor_name: string; body: string }>(
      `select action, actor_name, body from journal where object_id = $1 order by at, id`,
      [ruleId],
    );
    expect(journal.map((row) => `${row.actor_name} ${row.action}`)).toEqual([
      'ana high_risk_rule.proposed',
      'ben high_risk_rule.approved',
    ]);
    expect(journal[1]?.body).toContain('Agreed in the meeting.');
  });

  test('a rule of the product is switched off only by two, with a reason, and stays in the table', async () => {
    const trunks = (await list('ana')).rules.find((rule) => rule.id === 'telephony-removed');
    if (trunks === undefined) throw new Error('no rule');
    const off = content({
      name: trunks.name,
      entityTypes: trunks.entityTypes,
      actions: trunks.actions,
      reason: trunks.reason,
      enabled: false,
    });
    const asked = (more: object) =>
      proposal({ ruleId: trunks.id, effectiveFrom: null, content: off, ...more });
    expect((await propose('ana', asked({ why: '' }))).status).toBe(400);
    expect((await propose('ana', asked({ content: { ...off, enabled: true } }))).status).toBe(409);
    const { id } = (await propose('ana', asked({}))).json;
    expect((await decide('ben', id, 'approve')).json).toEqual({ id, decision: 'approved', version: 2 });
    expect((await list('auditor')).rules.find((rule) => rule.id === trunks.id)).toMatchObject({
      enabled: false,
      guardsDeletions: true,
      version: 2,
    });
  });

  test.each<[string, object]>([
    ['a rule about everything', content({ entityTypes: [], actions: [] })],
    ['a pattern of three stars', content({ properties: ['*a*b*'] })],
    ['an unknown condition', content({ conditions: ['full_moon'] })],
    ['a rule without a reason', content({ reason: '' })],
  ])('%s is refused', async (_name, wrong) => {
    expect((await propose('ana', proposal({ content: wrong }))).status).toBe(400);
  });

  test('an unknown rule and an unknown proposal are not there', async () => {
    expect((await propose('ana', proposal({ ruleId: 'hrr_none' }))).status).toBe(404);
    expect((await decide('ben', 'hrp_none', 'approve')).status).toBe(404);
  });
});

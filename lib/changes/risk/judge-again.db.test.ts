import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import type { Viewer } from '@/lib/auth/viewer';
import { addMs, MINUTE_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { RiskRuleProposal } from '../contract/risk-rules';
import { memoryVault } from '../fixtures/memory-vault';
import { auditId, ORG, page, restRecord } from '../fixtures/records';
import { enrichChanges } from '../ingest/enrich-changes';
import { ingestBatch } from '../ingest/ingest-pages';
import { loadKnowledge } from '../ingest/load-knowledge';
import { builtInRule } from '../model/risk/built-in-rules';
import { checkRollups } from '../rebuild-rollups';
import { viewChange } from '../views/change-detail';
import { viewRiskRulePreview } from '../views/preview-risk-rule';
import { viewRiskRules } from '../views/risk-rules';
import { decideRule } from './decide-rule';
import { judgeRiskAgain } from './judge-again';
import { proposeRule } from './propose-rule';

const NOW = new Date('2026-03-10T12:00:00Z');
const vault = memoryVault();
let t: TestDatabase;

const person = (id: string): Viewer => ({
  kind: 'person',
  id: `usr_${id}`,
  name: id,
  role: 'officer',
  orgIds: [ORG],
});
const by = (id: string, now = NOW) => ({
  actor: { kind: 'person' as const, id: `usr_${id}`, name: id },
  now,
  orgIds: [ORG],
});

beforeAll(async () => {
  t = await testDatabase();
  await t.owner.query(
    `insert into org (org_id, name, region, connected_at) values ($1, 'Northwind', 'x', now())`,
    [ORG],
  );
  await ingest([
    ...[1, 2, 3].map((n) => trunk(n, `2026-03-0${n}T08:00:00Z`)),
    ...[11, 12, 13, 14].map((n) => skill(n, `2026-03-0${n - 10}T09:00:00Z`)),
    restRecord(20, { eventDate: '2026-03-02T10:00:00Z' }),
  ]);
});
afterAll(() => t.drop());

const trunk = (n: number, at: string) =>
  restRecord(n, { serviceName: 'Telephony', entityType: 'Trunk', action: 'Delete', eventDate: at });
const skill = (n: number, at: string) =>
  restRecord(n, { serviceName: 'Routing', entityType: 'RoutingSkill', action: 'Delete', eventDate: at });

async function ingest(records: readonly unknown[], more: { receivedAt?: Date; now?: Date } = {}) {
  const now = more.now ?? NOW;
  const knowledge = await loadKnowledge(t.db.sql, ORG, now);
  await ingestBatch({ db: t.db, vault, knowledge, now }, [
    page(records, { receivedAt: more.receivedAt ?? now }),
  ]);
}
async function risks(ids: readonly number[]) {
  const rows = await t.db.sql.query<{ id: string; risk: number; rules: string[] }>(
    'select id, risk, risk_rules as rules from change where id = any ($1::text[]) order by id',
    [ids.map(auditId)],
  );
  return rows.map(({ risk, rules }) => [risk, ...rules].join(' '));
}
const wanted = (more: Partial<RiskRuleProposal['content']> = {}): RiskRuleProposal['content'] => ({
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
async function approved(
  asked: Pick<RiskRuleProposal, 'content' | 'ruleId' | 'effectiveFrom'>,
  now = NOW,
): Promise<string> {
  const trial = { org: ORG, ruleId: asked.ruleId, content: asked.content };
  const preview = await viewRiskRulePreview(person('ana'), trial, { db: t.db, now });
  const { id, ruleId } = await t.db.transaction((sql) =>
    proposeRule(
      sql,
      { ...trial, effectiveFrom: asked.effectiveFrom, why: 'The board asked for it.', preview },
      by('ana', now),
    ),
  );
  await t.db.transaction((sql) =>
    decideRule(sql, { id, decision: 'approve', why: 'Agreed in the meeting.' }, by('ben', now)),
  );
  return ruleId;
}
const judge = (now = NOW, more: { signal?: AbortSignal; batch?: number } = {}) =>
  judgeRiskAgain(t.db, { orgId: ORG, now: () => now, ...more });
const settled = addMs(NOW, 10 * MINUTE_MS);
const exact = { ru_hour: 0, ru_day: 0, ru_dim: 0, ru_actor: 0, ru_rate: 0 };

describe('high-risk rules', () => {
  test('R20: changes name the rule and the version that judged them', async () => {
    expect(await risks([1, 11, 20])).toEqual(['3 telephony-removed@1', '1', '1']);
    const seen = await viewChange(person('ana'), { id: auditId(1) }, { db: t.db });
    expect(seen.riskRules).toEqual([
      { id: 'telephony-removed', version: 1, name: 'Deletion of trunks, edges, sites and routes' },
    ]);
  });

  test('R20: a proposal says what it would have done and judges nothing until another approves it', async () => {
    const trial = { org: ORG, ruleId: null, content: wanted() };
    const preview = await viewRiskRulePreview(person('ana'), trial, { db: t.db, now: NOW });
    expect(preview.effects).toEqual([
      { days: 30, matched: 4, becomeHigh: 4, stopHigh: 0, otherwise: 0 },
      { days: 90, matched: 4, becomeHigh: 4, stopHigh: 0, otherwise: 0 },
    ]);
    expect(preview.sample.map((one) => [one.id, one.from, one.to])).toEqual(
      [14, 13, 12, 11].map((n) => [auditId(n), 'low', 'high']),
    );
    const { id } = await t.db.transaction((sql) =>
      proposeRule(sql, { ...trial, effectiveFrom: null, why: 'Only tried out.', preview }, by('ana')),
    );
    const decide = (who: string, decision: 'approve' | 'refuse' | 'withdraw') =>
      t.db.transaction((sql) => decideRule(sql, { id, decision, why: 'As the test says.' }, by(who)));
    await expect(decide('ana', 'approve')).rejects.toThrow('You proposed it; someone else must approve.');
    await expect(decide('ben', 'withdraw')).rejects.toThrow('Only who proposed it can withdraw it.');
    expect(await decide('ben', 'refuse')).toMatchObject({ decision: 'refused', version: null });
    await expect(decide('ben', 'approve')).rejects.toThrow('decided already');
    expect(await judge()).toMatchObject({ read: 0, changed: 0, open: 0 });
    expect(await risks([11])).toEqual(['1']);
  });

  test('R20: from an instant on, again: exactly the changes it concerns are judged again, counts stay exact', async () => {
    const ruleId = await approved({
      ruleId: null,
      content: wanted(),
      effectiveFrom: '2026-03-03T00:00:00.000Z',
    });
    expect(await judge()).toEqual({ read: 2, changed: 2, open: 1 });
    expect(await risks([11, 12, 13, 14])).toEqual(['1', '1', `3 ${ruleId}@1`, `3 ${ruleId}@1`]);
    expect(await checkRollups(t.db, ORG)).toEqual(exact);
    const due = await t.db.sql.query<{ consumer: string }>(
      `select distinct consumer from change_due where hour = '2026-03-03T09:00:00Z' and consumer = 'detections'`,
    );
    expect(due.length).toBe(1);
    // What came in meanwhile was judged with the rules of whoever read it: it is looked at once more, later.
    expect(await judge(addMs(NOW, MINUTE_MS))).toMatchObject({ read: 0, open: 1 });
    expect(await judge(settled)).toMatchObject({ changed: 0, open: 0 });
    const journal = await t.owner.query<{ action: string; actor_name: string }>(
      `select action, actor_name from journal where object_id = $1 order by at, id`,
      [ruleId],
    );
    expect(journal.map((row) => `${row.actor_name} ${row.action}`)).toEqual([
      'ana high_risk_rule.proposed',
      'ben high_risk_rule.approved',
      'Tallystick high_risk_rule.judged_again',
    ]);
    const again = await enrichChanges(t.db, {
      orgId: ORG,
      from: new Date('2026-01-01T00:00:00Z'),
      to: NOW,
      now: NOW,
      all: true,
    });
    expect(again).toBe(0);
  });

  test('from now on: what happened before keeps its risk, what happens later is judged anew, however late it comes', async () => {
    const rule = builtInRule('telephony-removed');
    if (rule === null) throw new Error('no rule');
    const { id, version: _version, ...content } = rule;
    const approvedAt = addMs(settled, MINUTE_MS);
    await approved(
      {
        ruleId: id,
        content: {
          ...wanted(),
          ...content,
          level: 'critical',
          entityTypes: [...content.entityTypes],
          actions: [...content.actions],
          properties: [],
          conditions: [],
        },
        effectiveFrom: null,
      },
      approvedAt,
    );
    const later = addMs(approvedAt, 5 * MINUTE_MS);
    await ingest(
      [
        trunk(4, addMs(approvedAt, MINUTE_MS).toISOString()),
        trunk(5, addMs(approvedAt, -MINUTE_MS).toISOString()),
      ],
      { receivedAt: later, now: later },
    );
    await judge(later);
    expect(await risks([1, 4, 5])).toEqual([
      '3 telephony-removed@1',
      '4 telephony-removed@2',
      '3 telephony-removed@1',
    ]);
  });

  test('switched off from the beginning, in small batches and stopped in between: what it judged loses its reason, warned about and in sight', async () => {
    const rule = builtInRule('telephony-removed');
    if (rule === null) throw new Error('no rule');
    const off = {
      ...wanted(),
      name: rule.name,
      entityTypes: [...rule.entityTypes],
      actions: [...rule.actions],
      reason: rule.reason,
      enabled: false,
    };
    const at = addMs(settled, 30 * MINUTE_MS);
    const trial = { org: ORG, ruleId: rule.id, content: off };
    const preview = await viewRiskRulePreview(person('ana'), trial, { db: t.db, now: at });
    expect(preview.effects[0]).toMatchObject({ matched: 0, becomeHigh: 0, stopHigh: 5 });
    await approved({ ruleId: rule.id, content: off, effectiveFrom: '1970-01-01T00:00:00Z' }, at);
    const stop = new AbortController();
    stop.abort();
    expect(await judge(at, { signal: stop.signal })).toMatchObject({ read: 0, open: 1 });
    expect(await judge(at, { batch: 2 })).toMatchObject({ read: 5, changed: 5 });
    expect(await judge(addMs(at, 3 * MINUTE_MS), { batch: 2 })).toMatchObject({ changed: 0, open: 0 });
    expect(await risks([1, 2, 3, 4, 5])).toEqual(['1', '1', '1', '1', '1']);
    expect(await checkRollups(t.db, ORG)).toEqual(exact);
    const { organizations } = await viewRiskRules(person('ben'), {}, { db: t.db, now: at });
    const shown = organizations[0]?.rules.find((one) => one.id === rule.id);
    expect(shown).toMatchObject({
      enabled: false,
      version: 3,
      guardsDeletions: true,
      changedBy: 'ana',
      effectiveFrom: '1970-01-01T00:00:00Z',
      changes30Days: 0,
    });
    expect(organizations[0]?.proposals.flatMap((one) => one.decision?.version ?? [])).toEqual([3, 2, 1]);
  });

  test('a proposal that was overtaken cannot be approved', async () => {
    const at = addMs(settled, 60 * MINUTE_MS);
    const [first] =
      (await viewRiskRules(person('ana'), {}, { db: t.db })).organizations[0]?.rules.filter(
        (one) => one.origin === 'person',
      ) ?? [];
    if (first === undefined) throw new Error('no rule');
    const trial = { org: ORG, ruleId: first.id, content: wanted({ level: 'medium' }) };
    const preview = await viewRiskRulePreview(person('ana'), trial, { db: t.db, now: at });
    const { id } = await t.db.transaction((sql) =>
      proposeRule(sql, { ...trial, effectiveFrom: null, why: 'It is less grave.', preview }, by('ana', at)),
    );
    await approved({ ruleId: first.id, content: wanted({ level: 'critical' }), effectiveFrom: null }, at);
    await expect(
      t.db.transaction((sql) =>
        decideRule(sql, { id, decision: 'approve', why: 'Too late for it.' }, by('ben', at)),
      ),
    ).rejects.toThrow('The rule was changed since');
    await judge(addMs(at, 5 * MINUTE_MS));
    await judge(addMs(at, 10 * MINUTE_MS));
  });

  test('the policy adds rules by event time, and changes judged before rules had names get theirs once', async () => {
    const at = addMs(settled, 120 * MINUTE_MS);
    await t.db.transaction((sql) =>
      applyPolicy(
        sql,
        {
          policy: { highRisk: ['Queue', { service: 'Routing', level: 'low' }] },
          orgId: null,
          origin: 'policy_file',
          sha256: 'x',
        },
        { actor: { kind: 'operator', id: null, name: 'Command line' }, now: at },
      ),
    );
    const later = addMs(at, MINUTE_MS);
    await ingest([restRecord(21, { eventDate: addMs(later, -1000).toISOString() })], {
      receivedAt: later,
      now: later,
    });
    expect(await risks([20])).toEqual(['1']);
    expect((await risks([21]))[0]).toMatch(/^3 policy-[0-9a-f]{10}@1$/);

    await t.owner.query(`delete from risk_rejudge`);
    await t.owner.query(`update change set risk_rules = '{}'`);
    const end = addMs(later, 10 * MINUTE_MS);
    await judge(end);
    await judge(addMs(end, 10 * MINUTE_MS));
    expect((await risks([21]))[0]).toMatch(/^3 policy-/);
    expect(await judge(addMs(end, 20 * MINUTE_MS))).toEqual({ read: 0, changed: 0, open: 0 });
    expect(await checkRollups(t.db, ORG)).toEqual(exact);
  });

  test('a proposal of another organisation is not there', async () => {
    const elsewhere = { ...by('ben'), orgIds: [] };
    await expect(
      t.db.transaction((sql) =>
        decideRule(sql, { id: 'hrp_none', decision: 'approve', why: 'Not there at all.' }, elsewhere),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
    const trial = { org: ORG, ruleId: null, content: wanted() };
    await expect(
      viewRiskRulePreview({ ...person('ana'), orgIds: [] }, trial, { db: t.db }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

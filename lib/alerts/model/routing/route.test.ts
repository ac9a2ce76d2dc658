import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Finding } from '@/lib/findings/model/concern';
import { RISKS, ROLES } from '@/lib/kernel/words';
import type { AlertRule } from '../../contract/rules';
import { BUILT_IN_RULES } from './built-in-rules';
import { alertKey, isHistoric, joins } from './grouping';
import { previewRule } from './preview';
import { matches, planRoute, type Routable } from './route';

const NOW = new Date('2026-11-28T10:00:00Z');
const ORG = 'a0000000-0000-4000-8000-000000000001';
const finding = (more: Partial<Routable> = {}): Routable => ({
  orgId: ORG,
  rule: 'division-move',
  severity: 'medium',
  divisionIds: ['div-a', 'div-b'],
  actor: { kind: 'person', id: 'dana', name: 'Dana Admin' },
  tell: [],
  ...more,
});
const rule = (more: Partial<AlertRule> = {}): AlertRule => ({
  name: 'Rule',
  enabled: true,
  what: { rules: [], minSeverity: 'low', orgs: [], divisions: [], actorKinds: [] },
  who: { roles: ['officer'], users: [] },
  channels: [],
  quietHours: null,
  escalation: null,
  grouping: 'subject',
  digest: null,
  ...more,
});
const what = (more: Partial<AlertRule['what']>): AlertRule => rule({ what: { ...rule().what, ...more } });
const route = (rules: readonly AlertRule[], findings: readonly Routable[]) =>
  planRoute(findings, { rules: rules.map((one, n) => ({ id: `rul_${n}`, rule: one })), now: NOW });

describe('a routing rule is about a finding', () => {
  test.each([
    { name: 'when nothing is narrowed', rule: rule(), is: true },
    { name: 'of its detections', rule: what({ rules: ['division-move'] }), is: true },
    { name: 'not of others', rule: what({ rules: ['self-move'] }), is: false },
    { name: 'as grave as it asks', rule: what({ minSeverity: 'medium' }), is: true },
    { name: 'not of less', rule: what({ minSeverity: 'high' }), is: false },
    { name: 'in its organisation', rule: what({ orgs: [ORG] }), is: true },
    { name: 'not in another', rule: what({ orgs: ['b0000000-0000-4000-8000-000000000001'] }), is: false },
    { name: 'on either side of a division', rule: what({ divisions: ['div-b'] }), is: true },
    { name: 'not of another division', rule: what({ divisions: ['div-c'] }), is: false },
    { name: 'of its kinds of actor', rule: what({ actorKinds: ['person'] }), is: true },
    { name: 'not of others', rule: what({ actorKinds: ['automation'] }), is: false },
    { name: 'never when it is switched off', rule: rule({ enabled: false }), is: false },
  ])('$name', ({ rule: one, is }) => expect(matches(one, finding())).toBe(is));
});

describe('a route', () => {
  test('unites rules: each role, person and channel once', () => {
    const both = route(
      [
        rule({ channels: ['chn_1'], who: { roles: ['officer', 'admin'], users: ['usr_1'] } }),
        rule({ channels: ['chn_1', 'chn_2'], who: { roles: ['officer'], users: ['usr_1'] } }),
      ],
      [finding(), finding()],
    );
    expect(both.routedBy).toEqual(['rul_0', 'rul_1']);
    expect(both.roles).toEqual(['officer', 'admin']);
    expect(both.users).toEqual(['usr_1']);
    expect(both.channels.map(({ id }) => id)).toEqual(['chn_1', 'chn_2']);
  });

  test('D19: a role that a finding names is told though no rule is about it', () => {
    expect(route([], [finding({ tell: ['privacy_officer'] })]).roles).toEqual(['privacy_officer']);
  });

  test('R18: a change past the pipeline goes to the compliance officer by Slack and e-mail at once', () => {
    const bypass = planRoute([finding({ rule: 'pipeline-bypass', severity: 'high', tell: ['officer'] })], {
      rules: BUILT_IN_RULES,
      now: NOW,
    });
    expect(bypass.roles).toEqual(['officer']);
    expect(bypass.channels).toEqual([
      { id: 'env_slack', held: null },
      { id: 'env_email', held: null },
    ]);
  });

  test('D8: every move is told to somebody, however harmless', () => {
    for (const severity of RISKS)
      expect(planRoute([finding({ severity })], { rules: BUILT_IN_RULES, now: NOW }).roles).toContain(
        'officer',
      );
  });

  const quietHours = {
    zone: 'UTC',
    days: ['sat'],
    from: '09:00',
    to: '12:00',
    exceptFrom: 'critical',
  } satisfies AlertRule['quietHours'];

  test('is held in quiet hours, but for what is grave enough', () => {
    const quiet = rule({ channels: ['chn_1'], quietHours });
    expect(route([quiet], [finding()]).channels).toEqual([
      {
        id: 'chn_1',
        held: { until: new Date('2026-11-28T12:00:00Z'), because: 'Quiet hours until 2026-11-28T12:00:00Z' },
      },
    ]);
    expect(route([quiet], [finding({ severity: 'critical' })]).channels[0]?.held).toBeNull();
  });

  test('goes at once where one of two rules for a channel would send it at once', () => {
    const quiet = rule({ channels: ['chn_1'], quietHours });
    expect(route([quiet, rule({ channels: ['chn_1'] })], [finding()]).channels[0]?.held).toBeNull();
  });

  test('waits for the digest, and longer where that falls into quiet hours', () => {
    const digest = { every: 'hour', at: '00:00', zone: 'UTC' } as const;
    const collected = route([rule({ channels: ['chn_1'], digest })], [finding()]).channels[0]?.held;
    expect(collected?.until.toISOString()).toBe('2026-11-28T11:00:00.000Z');
    const late = route([rule({ channels: ['chn_1'], digest, quietHours })], [finding()]).channels[0]?.held;
    expect(late?.until.toISOString()).toBe('2026-11-28T12:00:00.000Z');
  });

  test('escalates from when it is told, not from when it was held', () => {
    const escalation = { afterMinutes: 15, roles: ['admin' as const], channels: [] };
    expect(route([rule({ escalation, quietHours })], [finding()]).escalations[0]?.dueAt).toEqual(
      new Date('2026-11-28T12:15:00Z'),
    );
  });

  test('never tells anybody twice and never fewer for one rule more', () => {
    const roles = fc.uniqueArray(fc.constantFrom(...ROLES));
    const rules = fc.array(
      fc.record({ roles, channels: fc.uniqueArray(fc.constantFrom('chn_1', 'chn_2', 'chn_3')) }),
      { maxLength: 5 },
    );
    fc.assert(
      fc.property(rules, roles, (some, tell) => {
        const made = some.map(({ roles: who, channels }) =>
          rule({ who: { roles: who, users: [] }, channels }),
        );
        const findings = [finding({ tell: tell.filter((role) => role !== 'auditor') })];
        const all = route(made, findings);
        const fewer = route(made.slice(1), findings);
        expect(new Set(all.roles).size).toBe(all.roles.length);
        expect(new Set(all.channels.map(({ id }) => id)).size).toBe(all.channels.length);
        expect(all.roles).toEqual(expect.arrayContaining([...fewer.roles]));
      }),
    );
  });
});

describe('grouping', () => {
  const kept = (n: number, more: Partial<Finding> = {}): Finding => ({
    ...finding(),
    id: `fnd_${n}`,
    key: `division-move/${n}`,
    subject: { type: 'User', id: 'ravi', name: 'Ravi Agent' },
    sentence: `Move ${n}`,
    reasons: [],
    occurredAt: NOW,
    receivedAt: NOW,
    foundAt: NOW,
    changeIds: [`change-${n}`],
    moveId: null,
    sessionId: null,
    responses: [],
    unmutable: false,
    ruleSha256: '',
    ...more,
  });

  test('D26: what belongs to one session is one alert, whatever a rule says', () => {
    for (const grouping of ['subject', 'actor', 'rule', 'none'] as const)
      expect(alertKey(kept(1, { sessionId: 'ssn_1' }), grouping)).toBe('session:ssn_1');
  });

  test.each([
    { grouping: 'subject', key: 'subject:User:ravi' },
    { grouping: 'actor', key: 'actor:dana' },
    { grouping: 'rule', key: 'rule:division-move' },
    { grouping: 'none', key: 'finding:fnd_1' },
  ] as const)('by $grouping', ({ grouping, key }) => expect(alertKey(kept(1), grouping)).toBe(key));

  test('findings more than a day apart are two alerts, those of a session never', () => {
    const alert = { firstEventAt: NOW, lastEventAt: NOW };
    const later = new Date('2026-11-29T10:00:01Z');
    expect(joins({ ...alert, key: 'subject:User:ravi' }, new Date('2026-11-29T10:00:00Z'))).toBe(true);
    expect(joins({ ...alert, key: 'subject:User:ravi' }, later)).toBe(false);
    expect(joins({ ...alert, key: 'session:ssn_1' }, later)).toBe(true);
  });

  test('what is older than a day when it is found wakes nobody, but for what cannot be muted', () => {
    const old = { occurredAt: new Date('2026-11-27T09:59:59Z'), foundAt: NOW };
    expect(isHistoric({ ...old, unmutable: false })).toBe(true);
    expect(isHistoric({ ...old, unmutable: true })).toBe(false);
    expect(isHistoric({ occurredAt: new Date('2026-11-27T10:00:00Z'), foundAt: NOW, unmutable: false })).toBe(
      false,
    );
  });

  test('a preview makes the alerts that the rule would have made', () => {
    const findings = [
      kept(1),
      kept(2, { severity: 'critical', sentence: 'Graver' }),
      kept(3, { subject: { type: 'User', id: 'lucia', name: null } }),
      kept(4, { rule: 'self-move' }),
      kept(5, { occurredAt: new Date('2026-11-20T00:00:00Z') }),
    ];
    const made = previewRule(what({ rules: ['division-move'] }), findings);
    expect(made.map(({ title, findings: n }) => [title, n])).toEqual([
      ['Move 3', 1],
      ['Graver', 2],
    ]);
  });
});

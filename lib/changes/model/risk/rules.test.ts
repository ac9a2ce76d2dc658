import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { RISKS } from '@/lib/kernel/words';
import { EMEA_RESTRICTED, moveRecord, restRecord } from '../../fixtures/records';
import { normalise } from '../record/normalise';
import { assessRisk, rankOf } from './assess-risk';
import { BUILT_IN_RULES, builtInRule, guardsDeletions } from './built-in-rules';
import type { RiskContext } from './conditions';
import { mayDecideRule } from './may-decide-rule';
import { ruleOfPolicy } from './policy-rules';
import { isNarrow, markOf, propertyPattern, type RiskRule, readMark } from './rule';
import { ruleBook, spansOf } from './rule-book';
import { countEffect, NO_EFFECT, withRule } from './try-rule';

const NOW = new Date('2026-03-01T14:00:00Z');
const context: RiskContext = {
  actorKind: 'person',
  excludedReason: null,
  isPrivilegedRole: () => false,
  isRestrictedDivision: (id) => id === EMEA_RESTRICTED,
  divisionId: null,
  newAddress: false,
};
const blank: RiskRule = {
  id: 'own',
  version: 1,
  name: 'Own rule',
  service: null,
  entityTypes: [],
  actions: [],
  properties: [],
  actor: null,
  conditions: [],
  level: 'high',
  reason: 'we say so',
  enabled: true,
};
const always = (rules: readonly RiskRule[]) =>
  ruleBook(rules.map((rule) => ({ rule, from: null, to: null }))).at(NOW);
function changeOf(record: unknown) {
  const normalised = normalise(record);
  if (normalised.kind !== 'change') throw new Error(normalised.message);
  return normalised.change;
}
const judge = (record: unknown, rules: readonly RiskRule[], more: Partial<RiskContext> = {}) =>
  assessRisk(changeOf(record), { ...context, ...more }, always(rules));

describe('the product’s own table', () => {
  test('R20: deletions of trunks and divisions, role, OAuth, recording and sign-in changes and restricted divisions are high-risk', () => {
    const of = (service: string, entityType: string, action: string, property?: string) =>
      restRecord(1, {
        serviceName: service,
        entityType,
        action,
        propertyChanges: property ? [{ property, oldValues: ['a'], newValues: ['b'] }] : [],
      });
    const high: [unknown, Partial<RiskContext>?][] = [
      [of('Telephony', 'Trunk', 'Delete')],
      [of('Telephony', 'TrunkBase', 'Delete')],
      [of('Directory', 'Division', 'Delete')],
      [of('PeoplePermissions', 'AuthzDivision', 'Delete')],
      [of('PeoplePermissions', 'Role', 'Update')],
      [of('PeoplePermissions', 'Role', 'Delete')],
      [of('PeoplePermissions', 'Role', 'MemberAdd'), { isPrivilegedRole: () => true }],
      [of('Directory', 'OAuthClient', 'Create')],
      [of('Directory', 'OAuthClient', 'Update', 'roleIds')],
      [of('Quality', 'RecordingSettings', 'Update')],
      [of('Telephony', 'Trunk', 'Update', 'trunk_recordingEnabled')],
      [of('Quality', 'Recording', 'Delete')],
      [of('Directory', 'AuthOrganization', 'Update')],
      [of('Directory', 'IdentityProvider', 'Update')],
      [moveRecord(1)],
      [of('ContactCenter', 'Skill', 'Delete'), { divisionId: EMEA_RESTRICTED }],
    ];
    for (const [record, more] of high)
      expect(rankOf(judge(record, BUILT_IN_RULES, more).risk)).toBeGreaterThanOrEqual(rankOf('high'));
    expect(judge(of('ContactCenter', 'Skill', 'Delete'), BUILT_IN_RULES).risk).toBe('low');
  });

  test('each rule has an id of its own, asks for something, and says why', () => {
    expect(new Set(BUILT_IN_RULES.map((rule) => rule.id)).size).toBe(BUILT_IN_RULES.length);
    expect(
      BUILT_IN_RULES.filter((rule) => !isNarrow(rule) || rule.reason === '' || rule.name === ''),
    ).toEqual([]);
    expect(BUILT_IN_RULES.filter((rule) => guardsDeletions(rule.id)).map((rule) => rule.id)).toEqual([
      'division-deleted',
      'telephony-removed',
    ]);
  });
});

describe('matching', () => {
  test.each<[string, Partial<RiskRule>, boolean]>([
    ['its service', { service: 'Telephony' }, true],
    ['another service', { service: 'Quality' }, false],
    ['one of its entity types', { entityTypes: ['Edge', 'Trunk'] }, true],
    ['another entity type', { entityTypes: ['Edge'] }, false],
    ['one of its actions', { actions: ['Update'] }, true],
    ['another action', { actions: ['Delete'] }, false],
    ['a property by its whole name, in any case', { properties: ['TRUNK_TLS'] }, true],
    ['a property by a part of its name', { properties: ['*tls*'] }, true],
    ['no property by a part without a star', { properties: ['tls'] }, false],
    ['a dot stands for itself', { properties: ['trunk.tls'] }, false],
    ['its actor', { actor: 'b0000000-0000-4000-8000-000000000002' }, true],
    ['another actor', { actor: 'somebody' }, false],
    [
      'all of what it asks',
      { service: 'Telephony', actions: ['Update'], conditions: ['new_address'] },
      false,
    ],
    ['a rule that is off', { service: 'Telephony', enabled: false }, false],
  ])('%s', (_name, part, matches) => {
    const record = restRecord(1, {
      serviceName: 'Telephony',
      entityType: 'Trunk',
      propertyChanges: [{ property: 'trunk_tls', oldValues: ['a'], newValues: ['b'] }],
    });
    expect(judge(record, [{ ...blank, ...part }])).toEqual(
      matches
        ? { risk: 'high', reasons: ['we say so'], rules: ['own@1'] }
        : { risk: 'low', reasons: [], rules: [] },
    );
  });

  test('a pattern matches what a plain reading of its stars says, and quickly', () => {
    const plain = (pattern: string, name: string): boolean => {
      const [head = '', ...rest] = pattern.toLowerCase().split('*');
      const tail = rest.pop();
      const text = name.toLowerCase();
      if (tail === undefined) return text === head;
      if (!text.startsWith(head)) return false;
      let at = head.length;
      for (const part of rest) {
        const found = text.indexOf(part, at);
        if (found === -1) return false;
        at = found + part.length;
      }
      return text.length - tail.length >= at && text.endsWith(tail);
    };
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '.', '-', '['), maxLength: 6 });
    fc.assert(
      fc.property(
        fc.array(letters, { minLength: 1, maxLength: 3 }),
        letters,
        letters,
        (parts, left, right) => {
          const pattern = parts.join('*');
          for (const name of [left + right, parts.join(left), left + parts.join(right)])
            expect(propertyPattern([pattern])?.test(name)).toBe(plain(pattern, name));
        },
      ),
    );
    expect(propertyPattern([`*${'a'}*`])?.test('b'.repeat(100_000))).toBe(false);
  });

  test('a mark names its rule and version', () => {
    expect(readMark(markOf({ id: 'hrr_1', version: 12 }))).toEqual({ id: 'hrr_1', version: 12 });
    expect(readMark('nothing')).toBeNull();
  });
});

describe('precedence', () => {
  const partial = fc.record({
    service: fc.constantFrom(null, 'Directory', 'Telephony'),
    entityTypes: fc.subarray(['User', 'Trunk']),
    actions: fc.subarray(['Update', 'Delete']),
    conditions: fc.subarray(['moves_division', 'into_restricted', 'own_account'] as const),
    level: fc.constantFrom(...RISKS),
    enabled: fc.boolean(),
  });
  const anyRules = fc
    .array(partial, { maxLength: 8 })
    .map((parts) => parts.map((part, n): RiskRule => ({ ...blank, ...part, id: `rule-${n}` })));

  test('the highest level that matches decides, in whatever order rules stand, and no rule takes a reason from another', () => {
    fc.assert(
      fc.property(
        anyRules.chain((rules) =>
          fc.tuple(
            fc.constant(rules),
            fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
          ),
        ),
        ([rules, shuffled]) => {
          const judged = judge(moveRecord(1), rules);
          expect(judge(moveRecord(1), shuffled)).toEqual(judged);
          const alone = rules.filter((rule) => judge(moveRecord(1), [rule]).rules.length > 0);
          expect([...judged.rules].sort()).toEqual(alone.map(markOf).sort());
          const highest = Math.max(1, ...alone.map((rule) => rankOf(rule.level)));
          expect(rankOf(judged.risk)).toBe(highest);
        },
      ),
    );
  });

  test('of one level the narrower reason stands first', () => {
    const wide = { ...blank, id: 'a', entityTypes: ['User'], reason: 'wide' };
    const narrow = { ...blank, id: 'b', entityTypes: ['User'], actions: ['Update'], reason: 'narrow' };
    expect(judge(moveRecord(1), [wide, narrow]).reasons).toEqual(['narrow', 'wide']);
    expect(judge(moveRecord(1), [{ ...wide, level: 'critical' }, narrow]).reasons).toEqual([
      'wide',
      'narrow',
    ]);
  });

  test('a policy adds and never takes away: its low line leaves a deletion of a trunk high', () => {
    const line = ruleOfPolicy({ entityType: 'Trunk', action: 'Delete', level: 'low' });
    if (line === null) throw new Error('no rule');
    const record = restRecord(1, { entityType: 'Trunk', action: 'Delete' });
    expect(judge(record, [...BUILT_IN_RULES, { ...line, id: 'policy', version: 1 }]).risk).toBe('high');
    expect(ruleOfPolicy('Trunk')).toMatchObject({ entityTypes: ['Trunk'], level: 'high' });
    expect(ruleOfPolicy({ reason: 'everything' })).toBeNull();
  });
});

describe('effective dates', () => {
  const at = (day: number) => new Date(Date.UTC(2026, 2, day));
  const version = (n: number, from: Date | null, level: RiskRule['level']) => ({
    rule: { ...blank, version: n, entityTypes: ['User'], level },
    effectiveFrom: from,
  });

  test('R20: a version judges event times from its effective instant on, until one decided later begins', () => {
    const book = ruleBook(
      spansOf([version(1, null, 'low'), version(2, at(10), 'high'), version(3, at(5), 'critical')]),
    );
    const levelAt = (day: number) => book.at(at(day))[0]?.rule.level;
    expect([levelAt(4), levelAt(5), levelAt(10), levelAt(11)]).toEqual([
      'low',
      'critical',
      'critical',
      'critical',
    ]);
    const later = ruleBook(
      spansOf([version(1, null, 'low'), version(2, at(5), 'high'), version(3, at(10), 'medium')]),
    );
    expect([4, 5, 9, 10].map((day) => later.at(at(day))[0]?.rule.level)).toEqual([
      'low',
      'high',
      'high',
      'medium',
    ]);
  });

  test('at every instant exactly the last decided version that has begun is in force', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 6 }),
        fc.integer({ min: 0, max: 21 }),
        (days, day) => {
          const versions = [null, ...days].map((from, n) =>
            version(n + 1, from === null ? null : at(from), 'high'),
          );
          const expected = versions.findLast(
            ({ effectiveFrom }) => effectiveFrom === null || effectiveFrom <= at(day),
          );
          expect(
            ruleBook(spansOf(versions))
              .at(at(day))
              .map(({ rule }) => rule.version),
          ).toEqual([expected?.rule.version]);
        },
      ),
    );
  });

  test('a proposal is tried in the place of its rule, at every instant', () => {
    const spans = spansOf([version(1, null, 'low'), version(2, at(10), 'high')]);
    const tried = ruleBook(
      withRule(spans, { ...blank, version: 0, entityTypes: ['User'], level: 'critical' }),
    );
    expect([1, 20].map((day) => tried.at(at(day)).map(({ rule }) => rule.level))).toEqual([
      ['critical'],
      ['critical'],
    ]);
    const effect = [
      { from: 'low', to: 'high', matched: true },
      { from: 'critical', to: 'medium', matched: false },
      { from: 'low', to: 'medium', matched: true },
      { from: 'high', to: 'high', matched: true },
    ] as const;
    expect(effect.reduce(countEffect, NO_EFFECT)).toEqual({
      matched: 3,
      becomeHigh: 1,
      stopHigh: 1,
      otherwise: 1,
    });
  });
});

describe('who decides', () => {
  const ana = { kind: 'person', id: 'usr_ana' } as const;
  const ben = { kind: 'person', id: 'usr_ben' } as const;
  const proposal = { proposedBy: ana, isDecided: false, baseVersion: 1, currentVersion: 1 };
  test.each([
    ['who proposed it only withdraws', proposal, ana, true, ['withdraw']],
    ['another approves or refuses', proposal, ben, true, ['approve', 'refuse']],
    ['a key approves nothing', proposal, { kind: 'api_key', id: 'key_1' } as const, true, ['refuse']],
    ['a role without the permission does nothing', proposal, ben, false, []],
    ['what was decided stays', { ...proposal, isDecided: true }, ben, true, []],
    ['what was overtaken is proposed anew', { ...proposal, currentVersion: 2 }, ben, true, ['refuse']],
  ])('%s', (_name, of, actor, mayWrite, words) => {
    const may = mayDecideRule(of, { actor, mayWrite });
    expect(
      Object.entries(may)
        .filter(([, answer]) => answer.allowed)
        .map(([word]) => word),
    ).toEqual(words);
    for (const answer of Object.values(may)) expect(answer.because === null).toBe(answer.allowed);
  });
});

test('a rule of the product is known by its id', () => {
  expect(builtInRule('telephony-removed')?.level).toBe('high');
  expect(builtInRule('none')).toBeNull();
});

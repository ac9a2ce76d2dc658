import { describe, expect, test } from 'vitest';
import { DRIFT_RESIDENTS } from '../catalogue.gen';
import {
  ADMIN,
  AS_OF,
  exampleContext,
  exampleHeld,
  exampleMatch,
  examplePerson,
  exampleRole,
  exampleUser,
} from './example-subjects';
import { judgeUser } from './judge-subject';
import { leaverClock } from './leaver-clock';
import { tie, tiesBroken } from './tie-totals';

const judge = (user: Parameters<typeof judgeUser>[0], context = exampleContext()) =>
  judgeUser(user, DRIFT_RESIDENTS, context);

describe('one item per person and right', () => {
  test('I8, I17: the rule that says most leads and takes up what the others say', () => {
    const items = judge(
      exampleUser({
        held: [
          exampleHeld('Quality Evaluator', { through: [{ id: 'g1', name: 'QA Department' }] }),
          exampleHeld('User'),
        ],
      }),
      exampleContext({
        roleRules: new Map([
          [
            'role-Quality Evaluator',
            {
              role: 'Quality Evaluator',
              version: 2,
              departments: ['Quality Assurance'],
              groups: [],
              titles: [],
              divisions: [],
            },
          ],
        ]),
      }),
    );
    expect(items.map(({ key }) => key)).toEqual(['outside-role-rule/user-1/role-Quality Evaluator']);
    expect(items[0]).toMatchObject({
      directly: true,
      through: [{ id: 'g1', name: 'QA Department' }],
      expected: { words: 'the department Quality Assurance (rule version 2)', basis: 'role_rule' },
      hr: { department: 'Customer Support', status: 'active' },
    });
    expect(items[0]?.reasons).toContain('HR lists employee and User');
  });

  test('a leaver is told as a leaver alone', () => {
    const items = judge(
      exampleUser({
        held: [exampleHeld(ADMIN)],
        match: exampleMatch({
          status: 'terminated',
          terminatedAt: new Date('2026-11-10T00:00:00Z'),
          authorizedDivision: 'Elsewhere',
        }),
      }),
    );
    expect(items.map(({ rule }) => rule).filter((rule) => rule !== 'duties-conflict')).toEqual([
      'leaver-active',
    ]);
  });

  test('I20: nobody is accused where HR says nothing, and nobody passes', () => {
    const held = [exampleHeld(exampleRole('Anything')), exampleHeld('User')];
    expect(judge(exampleUser({ held, match: null }))).toEqual([]);
    expect(judge(exampleUser({ held, match: { kind: 'unmatched' } })).map(({ rule }) => rule)).toEqual([
      'unknown-to-hr',
    ]);
    expect(
      judge(exampleUser({ held, match: { kind: 'ambiguous', candidates: 2 } })).map(({ rule }) => rule),
    ).toEqual(['unknown-to-hr']);
    expect(judge(exampleUser({ held, match: { kind: 'service_account', owner: null } }))).toEqual([]);
  });

  test('what the risk rests on differs with the ways a right is held, not with its age', () => {
    const basis = (more: Parameters<typeof exampleHeld>[1]) =>
      judge(exampleUser({ held: [exampleHeld('Queue Admin', more)] }))[0]?.riskBasis;
    expect(basis({})).toBe(basis({ since: AS_OF }));
    expect(basis({})).not.toBe(basis({ through: [{ id: 'g', name: 'G' }] }));
    expect(basis({})).not.toBe(basis({ divisionIds: ['*'] }));
  });
});

describe('I3, I4: the leavers’ clock', () => {
  const end = new Date('2026-11-10T00:00:00Z');
  const left = examplePerson({ status: 'terminated', terminatedAt: end });
  const account = { userId: 'u', active: false, closedAt: null, closedBasis: null, lastTokenAt: null };
  const at = (hours: number) => new Date(end.getTime() + hours * 3_600_000);
  const clock = (more: Partial<Parameters<typeof leaverClock>[1]> | null, person = left) =>
    leaverClock(person, more === null ? null : { ...account, ...more }, { asOf: AS_OF, leaverHours: 24 });

  test.each([
    ['closed ninety minutes later', { closedAt: at(1.5), closedBasis: 'change' as const }, 'prompt', 1.5],
    ['closed before the end', { closedAt: at(-3), closedBasis: 'change' as const }, 'prompt', 0],
    ['closed at the very limit', { closedAt: at(24), closedBasis: 'change' as const }, 'prompt', 24],
    ['closed after it', { closedAt: at(24.01), closedBasis: 'change' as const }, 'late', 24.01],
    [
      'seen closed in time by a snapshot',
      { closedAt: at(20), closedBasis: 'snapshot' as const },
      'prompt',
      20,
    ],
    [
      'seen closed by a snapshot much later',
      { closedAt: at(90), closedBasis: 'snapshot' as const },
      'not_evaluated',
      90,
    ],
    ['when it was closed is not known', {}, 'not_evaluated', null],
    ['still active', { active: true }, 'still_active', 243],
  ])('%s', (_, more, outcome, hours) => {
    expect(clock(more)).toMatchObject({ outcome, tookMs: hours === null ? null : hours * 3_600_000 });
  });

  test('no account, no date, no leaver yet, and a token after the end', () => {
    expect(clock(null)).toMatchObject({ outcome: 'unknown_to_platform' });
    expect(clock({}, { ...left, terminatedAt: null })).toMatchObject({ outcome: 'not_evaluated' });
    expect(clock({ active: true }, { ...left, terminatedAt: at(9_999) })).toBeNull();
    expect(clock({}, { ...left, status: 'active' })).toBeNull();
    expect(clock({ active: true, lastTokenAt: at(5) })).toMatchObject({ tokenAfterMs: 5 * 3_600_000 });
    expect(clock({ active: true, lastTokenAt: at(-5) })).toMatchObject({ tokenAfterMs: null });
  });
});

describe('I22: totals against an independent count', () => {
  const role = (expected: number | null, read: number) =>
    tie({ what: 'role_members', id: 'r', name: 'Admin', expected, read, basis: 'x' });
  test('50 of 1,500 is told with both numbers; no count is neither agreement nor disagreement', () => {
    expect(tiesBroken([role(1500, 50)])).toBe(
      'of the role Admin 50 direct members were read and the platform counts 1,500',
    );
    expect(tiesBroken([role(25, 25), role(null, 3)])).toBeNull();
    expect(role(null, 3).agrees).toBeNull();
    expect(role(0, 0).agrees).toBe(true);
  });
});

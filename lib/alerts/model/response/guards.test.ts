import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GUARDS } from '@/lib/alerts/contract/responses';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { decideProposal } from './decide-proposal';
import { allPass, firstRefusal, type GuardFacts, judgeGuards } from './guards';
import type { Intent } from './response';

const NOW = new Date('2026-11-28T10:02:07Z');
const lockout: Intent = {
  kind: 'deactivate_user',
  target: { type: 'User', id: 'user-1', name: 'Luis Ortega' },
  divisionFrom: null,
  divisionTo: null,
  undoOf: null,
};
const disabling: Intent = {
  ...lockout,
  kind: 'disable_client',
  target: { type: 'OAuthClient', id: 'client-1', name: 'Export' },
};
const undoing: Intent = { ...lockout, undoOf: 'rsp_1' };

const GOOD: GuardFacts = {
  intent: lockout,
  breakGlass: [],
  addresses: known(['luis@example.test']),
  ownClientIds: new Set(['own-client']),
  ownUserIds: new Set(['own-user']),
  holdings: known([]),
  limits: { perHour: 3, perDay: 10 },
  begun: { hour: 0, day: 0 },
  changedSince: known(null),
  lacking: known([]),
};

test('D30: with nothing in the way every guard passes, each with a sentence', () => {
  const outcomes = judgeGuards(GOOD);
  expect(outcomes.map(({ guard }) => guard)).toEqual(GUARDS);
  expect(allPass(outcomes)).toBe(true);
  expect(outcomes.filter(({ because }) => !/^[A-Z0-9].*\.$/.test(because))).toEqual([]);
});

describe('D30: a guard refuses', () => {
  test.each<[string, (typeof GUARDS)[number], Partial<GuardFacts>]>([
    ['by id on the break-glass list', 'break_glass', { breakGlass: ['USER-1'] }],
    ['by address, whatever its case', 'break_glass', { breakGlass: [' Luis@Example.test '] }],
    ['a client by its id', 'break_glass', { intent: disabling, breakGlass: ['client-1'] }],
    [
      'the last holder of one of several roles',
      'last_admin',
      {
        holdings: known([
          { role: 'Admin', others: 2 },
          { role: 'Master Admin', others: 0 },
        ]),
      },
    ],
    [
      'our own client',
      'own_client',
      { intent: { ...disabling, target: { ...disabling.target, id: 'OWN-CLIENT' } } },
    ],
    ['our own user', 'own_user', { intent: { ...lockout, target: { ...lockout.target, id: 'own-user' } } }],
    ['at the limit of an hour', 'limit_per_hour', { begun: { hour: 3, day: 3 } }],
    ['at the limit of a day', 'limit_per_day', { begun: { hour: 0, day: 10 } }],
    ['where the limit is none at all', 'limit_per_hour', { limits: { perHour: 0, perDay: 10 } }],
    ['what no longer stands', 'still_holds', { changedSince: known('Luis Ortega is inactive already.') }],
    ['without the permission', 'permission', { lacking: known(['directory:user:edit']) }],
  ])('%s', (_, guard, more) => {
    expect(firstRefusal(judgeGuards({ ...GOOD, ...more }))?.guard).toBe(guard);
  });
});

describe('what could not be looked at is not evaluated, never a pass', () => {
  test.each<[string, (typeof GUARDS)[number], Partial<GuardFacts>]>([
    [
      'an address list and a person nobody knows',
      'break_glass',
      { breakGlass: ['x@example.test'], addresses: notEvaluated('unknown') },
    ],
    ['grants that were not read', 'last_admin', { holdings: notEvaluated('the grants were never read') }],
    ['a platform that does not answer', 'still_holds', { changedSince: notEvaluated('no answer') }],
    ['permissions that cannot be read', 'permission', { lacking: notEvaluated('no grants') }],
  ])('%s', (_, guard, more) => {
    const outcomes = judgeGuards({ ...GOOD, ...more });
    expect(outcomes.find((one) => one.guard === guard)?.outcome).toBe('not_evaluated');
    expect(allPass(outcomes)).toBe(false);
  });

  test('a list of ids alone needs no address', () => {
    const [first] = judgeGuards({ ...GOOD, breakGlass: ['user-2'], addresses: notEvaluated('unknown') });
    expect(first).toMatchObject({ guard: 'break_glass', outcome: 'pass' });
  });
});

test('an undo is not held back by lists and limits, only by its own conditions', () => {
  const facts = {
    ...GOOD,
    intent: undoing,
    breakGlass: ['user-1'],
    begun: { hour: 99, day: 99 },
    holdings: notEvaluated<never>('x'),
  };
  expect(allPass(judgeGuards(facts))).toBe(true);
  expect(
    firstRefusal(judgeGuards({ ...facts, changedSince: known('Luis Ortega is active already.') }))?.guard,
  ).toBe('still_holds');
});

/** Every combination of what the guards may be told. */
const anyFacts: fc.Arbitrary<GuardFacts> = fc.record({
  intent: fc.constantFrom(lockout, disabling, { ...lockout, kind: 'move_back' as const }),
  breakGlass: fc.subarray(['user-1', 'client-1', 'luis@example.test', 'somebody@example.test']),
  addresses: fc.constantFrom(
    known(['luis@example.test']),
    known([]),
    notEvaluated<readonly string[]>('unknown'),
  ),
  ownClientIds: fc.subarray(['own-client', 'client-1']).map((ids) => new Set(ids)),
  ownUserIds: fc.subarray(['own-user', 'user-1']).map((ids) => new Set(ids)),
  holdings: fc.constantFrom(
    known([]),
    known([{ role: 'Admin', others: 0 }]),
    known([{ role: 'Admin', others: 1 }]),
    notEvaluated<never>('unread'),
  ),
  limits: fc.record({ perHour: fc.nat(4), perDay: fc.nat(12) }),
  begun: fc.record({ hour: fc.nat(5), day: fc.nat(13) }),
  changedSince: fc.constantFrom(
    known(null),
    known('It is otherwise.'),
    notEvaluated<string | null>('no answer'),
  ),
  lacking: fc.constantFrom(
    known([]),
    known(['oauth:client:edit']),
    notEvaluated<readonly string[]>('unread'),
  ),
});

describe('what becomes of a proposal', () => {
  const decided = (facts: GuardFacts, mode: 'observe' | 'ask' | 'act', occurredAt = NOW) =>
    decideProposal({
      intent: facts.intent,
      mode,
      occurredAt,
      foundAt: NOW,
      guards: judgeGuards(facts),
      now: NOW,
      approvalMinutes: 60,
    });

  test('D30: no combination in which a guard refuses or was not evaluated ever acts, and observe never does', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const outcomes = judgeGuards(facts);
        const passes = outcomes.every(({ outcome }) => outcome === 'pass');
        expect(decided(facts, 'act').state).toBe(passes ? 'approved' : 'refused');
        expect(decided(facts, 'observe').state).toBe('observed');
        expect(['waiting', 'refused']).toContain(decided(facts, 'ask').state);
      }),
      { numRuns: 500 },
    );
  });

  test('a guard that was left out is no pass either', () => {
    const guards = judgeGuards(GOOD).slice(1);
    const asked = {
      intent: lockout,
      mode: 'act',
      occurredAt: NOW,
      foundAt: NOW,
      guards,
      now: NOW,
      approvalMinutes: 60,
    } as const;
    expect(decideProposal(asked).state).toBe('refused');
    expect(decideProposal({ ...asked, guards: [] }).state).toBe('refused');
  });

  test('D30: what is older than a day when it is found is never acted on and nobody is asked', () => {
    const old = new Date('2026-11-26T10:00:00Z');
    for (const mode of ['observe', 'ask', 'act'] as const)
      expect(decided(GOOD, mode, old)).toMatchObject({ state: 'observed', mode: 'observe' });
  });

  test('ask waits for as long as the policy says, also at a used-up limit; a lasting refusal asks nobody', () => {
    expect(decided(GOOD, 'ask')).toMatchObject({
      state: 'waiting',
      expiresAt: new Date('2026-11-28T11:02:07Z'),
    });
    expect(decided({ ...GOOD, begun: { hour: 9, day: 9 } }, 'ask').state).toBe('waiting');
    expect(decided({ ...GOOD, breakGlass: ['user-1'] }, 'ask').state).toBe('refused');
  });

  test('X14: observe says what would have been done and when, or by which guard it would have been refused', () => {
    expect(decided(GOOD, 'observe').because).toBe('Would have deactivated Luis Ortega at 10:02:07Z.');
    expect(decided({ ...GOOD, breakGlass: ['user-1'] }, 'observe').because).toBe(
      'Would have been refused: Luis Ortega is on the break-glass list.',
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type Excusable,
  type ExcuseDecision,
  type ExcuseTerms,
  excuseOf,
  fits,
  rulesOf,
  stateOf,
} from './excuse-rule';

const at = (text: string) => new Date(text);
const terms: ExcuseTerms = {
  title: 'Queue names',
  matcher: { entityType: 'Queue' },
  from: at('2026-03-01T00:00:00Z'),
  expiresAt: at('2026-04-01T00:00:00Z'),
  withHighRisk: false,
  replaces: null,
};
const change: Excusable = {
  at: at('2026-03-10T00:00:00Z'),
  service: 'ContactCenter',
  entityType: 'Queue',
  action: 'Update',
  actorIds: ['Dana', null, null],
  divisionId: 'd1',
  properties: ['name'],
  risk: 1,
};
function said(what: ExcuseDecision['what'], more: Partial<ExcuseDecision> = {}): ExcuseDecision {
  return {
    ruleId: 'exr_1',
    decidedAt: at('2026-02-20T00:00:00Z'),
    what,
    deciderId: 'usr_1',
    decider: 'Olga',
    reason: 'because',
    terms: what === 'proposed' ? terms : null,
    endsAt: null,
    ...more,
  };
}
const approved = [said('proposed'), said('approved', { deciderId: 'usr_2' })];

describe('rules that excuse', () => {
  test.each([
    ['proposed', [said('proposed')], '2026-03-10T00:00:00Z', 'proposed', false],
    ['refused', [said('proposed'), said('refused')], '2026-03-10T00:00:00Z', 'refused', false],
    ['approved, before it begins', approved, '2026-02-25T00:00:00Z', 'scheduled', true],
    ['approved', approved, '2026-03-10T00:00:00Z', 'active', true],
    ['at the instant of its expiry', approved, '2026-04-01T00:00:00Z', 'expired', true],
    ['never approved in time', [said('proposed')], '2026-04-01T00:00:00Z', 'expired', false],
    [
      'withdrawn, what was inside kept',
      [...approved, said('withdrawn', { endsAt: at('2026-03-15T00:00:00Z') })],
      '2026-03-20T00:00:00Z',
      'withdrawn',
      true,
    ],
    [
      'withdrawn as if it had never been',
      [...approved, said('withdrawn', { endsAt: terms.from })],
      '2026-03-20T00:00:00Z',
      'withdrawn',
      false,
    ],
  ] as const)('%s', (_, decisions, now, state, excuses) => {
    const rules = rulesOf(decisions);
    const [rule] = rules;
    expect(rule && stateOf(rule, at(now))).toBe(state);
    expect(excuseOf(change, rules) !== null).toBe(excuses);
  });

  test('begins at its start and ends before its expiry', () => {
    const rules = rulesOf(approved);
    const excused = (when: string) => excuseOf({ ...change, at: at(when) }, rules) !== null;
    expect(excused('2026-02-28T23:59:59Z')).toBe(false);
    expect(excused('2026-03-01T00:00:00Z')).toBe(true);
    expect(excused('2026-03-31T23:59:59Z')).toBe(true);
    expect(excused('2026-04-01T00:00:00Z')).toBe(false);
  });

  test('all that is given must fit; a rule that says nothing excuses nothing', () => {
    const is = (matcher: ExcuseTerms['matcher']) => fits({ matcher, withHighRisk: false }, change);
    expect(is({})).toBe(false);
    expect(
      is({
        service: 'ContactCenter',
        entityType: 'Queue',
        action: 'Update',
        actor: 'dana',
        division: 'd1',
        property: 'name',
      }),
    ).toBe(true);
    for (const other of [
      { service: 'Telephony' },
      { entityType: 'Trunk' },
      { action: 'Delete' },
      { actor: 'ravi' },
      { division: 'd2' },
      { property: 'acw' },
    ])
      expect(is({ entityType: 'Queue', ...other })).toBe(false);
  });

  test('R16: nothing of high or critical risk is excused unless the rule says so', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4 }), fc.boolean(), (risk, withHighRisk) => {
        expect(fits({ matcher: terms.matcher, withHighRisk }, { ...change, risk })).toBe(
          risk < 3 || withHighRisk,
        );
      }),
    );
  });
});

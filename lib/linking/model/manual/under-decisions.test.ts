import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Claim } from '../claim';
import { decideLinkage } from '../decide-linkage';
import { claimKey, type LinkDecision, standingOf } from './link-decision';
import { citationsOf, judgeStatement, underDecisions } from './under-decisions';

const AT = new Date('2026-11-20T14:22:31Z');
const change = { at: AT, entityId: 'x', entityType: 'Queue', entityNames: [] };

function decision(n: number, more: Partial<LinkDecision> = {}): LinkDecision {
  return {
    id: `lkd_${n}`,
    changeId: 'c',
    decidedAt: AT,
    what: 'attached',
    kind: 'servicenow',
    reference: `CHG000000${n}`,
    ofDecision: null,
    batchId: null,
    requestId: null,
    deciderId: 'usr_1',
    decider: 'Olga Officer',
    reason: 'because',
    statement: null,
    claim: null,
    ...more,
  };
}
function claim(n: number, more: Partial<Claim> = {}): Claim {
  return {
    kind: 'servicenow',
    reference: `CHG000000${n}`,
    status: 'linked',
    reason: null,
    reasons: ['approved'],
    foundBy: 'change number in the text of the change',
    confidence: 1,
    statusAtChange: null,
    approvedAt: null,
    approvers: [],
    window: null,
    namesTarget: null,
    emergency: false,
    review: null,
    url: null,
    title: null,
    ...more,
  };
}
const none = { cited: new Set<string>(), last: [], change };

describe('claims under what people decided', () => {
  test('a decision that was taken back holds no longer, whatever came between', () => {
    const said = [
      decision(1),
      decision(2, { what: 'struck' }),
      decision(1, { id: 'b', what: 'taken_back', ofDecision: 'lkd_1' }),
    ];
    const { attached, struck } = standingOf(said);
    expect(attached).toEqual([]);
    expect(struck.map((one) => one.id)).toEqual(['lkd_2']);
  });

  test('what the text cites itself is no attachment, and is looked up once', () => {
    const standing = standingOf([decision(1)]);
    const cited = { kind: 'servicenow', reference: 'CHG0000001', project: null, certain: true } as const;
    expect(citationsOf(standing, [cited])).toEqual([]);
    expect(citationsOf(standing, [])).toEqual([{ ...cited, foundBy: 'person' }]);
  });

  test('X4: a person’s naming changes how it was found and how sure it is, never the status', () => {
    for (const status of ['linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked'] as const) {
      const [held] = underDecisions([claim(1, { status })], { ...none, standing: standingOf([decision(1)]) });
      expect(held).toMatchObject({ status, foundBy: 'attached by Olga Officer', confidence: 0.9 });
    }
  });

  test('an attachment made while others were looked up is taken from the last verdict, not lost', () => {
    const last = [claim(1, { status: 'late_approval', foundBy: 'attached by Olga Officer' })];
    expect(underDecisions([], { ...none, last, standing: standingOf([decision(1)]) })).toEqual(last);
  });

  test.each([
    ['a second before', -1_000, 'linked'],
    ['in the second of the change', 999, 'linked'],
    ['a second after', 1_000, 'late_approval'],
  ] as const)('X4: a statement is judged by its times: approved %s', (_, offset, status) => {
    const statement = {
      title: 'Form',
      approver: 'Paula',
      approvedAt: new Date(AT.getTime() + offset),
      url: null,
    };
    expect(judgeStatement(decision(1, { kind: 'manual', statement }), statement, change).status).toBe(status);
  });

  test('X4: a struck claim never decides, striking never betters a verdict but by none, and order plays no part', () => {
    const status = fc.constantFrom('linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked');
    const some = fc.uniqueArray(fc.tuple(fc.nat(9), status), { selector: ([n]) => n, maxLength: 6 });
    fc.assert(
      fc.property(some, fc.nat(9), fc.boolean(), (given, hit, backwards) => {
        const claims = given.map(([n, one]) => claim(n, { status: one }));
        const standing = standingOf([decision(hit, { what: 'struck' })]);
        const kept = underDecisions(backwards ? [...claims].reverse() : claims, { ...none, standing });
        expect(kept.map(claimKey)).not.toContain(`servicenow CHG000000${hit}`);
        const without = claims.filter((one) => one.reference !== `CHG000000${hit}`);
        expect(decideLinkage(kept)).toEqual(decideLinkage(without));
      }),
    );
  });
});

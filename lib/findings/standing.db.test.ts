import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { StandingConcern } from './model/standing';
import { clearUnseen, noteHolding, noteNotEvaluated, standingHistory, standingOfKeys } from './note-standing';

const ORG = 'a0000000-0000-4000-8000-000000000002';
const day = (n: number) => new Date(Date.UTC(2026, 10, n, 3));

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

function concern(key: string, more: Partial<StandingConcern> = {}): StandingConcern {
  return {
    key,
    rule: key.split('/')[0] ?? '',
    severity: 'high',
    subject: { type: 'User', id: 'user-1', name: 'Derek Shaw' },
    sentence: 'Derek Shaw holds Quality Evaluator and is not in the QA department',
    reasons: ['not in the QA department'],
    occurredAt: day(1),
    receivedAt: null,
    actor: null,
    changeIds: [],
    moveId: null,
    sessionId: null,
    divisionIds: ['div-a'],
    responses: [],
    tell: [],
    unmutable: false,
    riskBasis: 'role:Quality Evaluator',
    ...more,
  };
}

function run(at: Date, concerns: readonly StandingConcern[], rules: readonly string[], keepKeys?: string[]) {
  return testing.db.transaction(async (sql) => {
    const raised = await noteHolding(sql, {
      orgId: ORG,
      concerns,
      checkedAt: at,
      ruleSha256Of: () => 'cd'.repeat(32),
      now: at,
    });
    const cleared = await clearUnseen(sql, {
      orgId: ORG,
      rules,
      checkedAt: at,
      now: at,
      ...(keepKeys === undefined ? {} : { keepKeys }),
    });
    return { raised: raised.map(({ key }) => key), cleared: cleared.map(({ key }) => key) };
  });
}

const told = async (key: string) =>
  (await standingHistory(testing.db.sql, ORG, key)).map(({ at, what }) => `${at.getUTCDate()} ${what}`);

describe('a finding about a state', () => {
  test('appears, stays, is cleared and comes back, each told once, under one finding', async () => {
    const key = 'role-drift/1';
    expect(await run(day(2), [concern(key), concern(key)], ['role-drift'])).toEqual({
      raised: [key],
      cleared: [],
    });
    expect(await run(day(3), [concern(key)], ['role-drift'])).toEqual({ raised: [], cleared: [] });
    expect(await run(day(4), [], ['role-drift'])).toEqual({ raised: [], cleared: [key] });
    expect(await run(day(5), [], ['role-drift'])).toEqual({ raised: [], cleared: [] });
    expect(await run(day(6), [concern(key)], ['role-drift'])).toEqual({ raised: [], cleared: [] });
    expect(await told(key)).toEqual(['2 appeared', '4 cleared', '6 reappeared']);
    expect(await standingOfKeys(testing.db.sql, ORG, [key])).toMatchObject([
      { state: 'holds', since: day(6), times: 2 },
    ]);
  });

  test('tells when what its risk rests on changed', async () => {
    const key = 'role-risk/2';
    await run(day(2), [concern(key)], ['role-risk']);
    await run(day(3), [concern(key, { sentence: 'in other words' })], ['role-risk']);
    await run(day(4), [concern(key, { riskBasis: 'role:Quality Evaluator,Admin' })], ['role-risk']);
    expect(await told(key)).toEqual(['2 appeared', '4 changed']);
  });

  test('that could not be looked at is neither cleared nor holds, and says why', async () => {
    const [seen, unseen] = ['role-dark/3', 'role-dark/4'];
    await run(day(2), [concern(seen), concern(unseen)], ['role-dark']);
    const mark = () =>
      testing.db.transaction((sql) =>
        noteNotEvaluated(sql, {
          orgId: ORG,
          rules: ['role-dark'],
          keys: [unseen],
          because: 'the HR export was not read',
          checkedAt: day(3),
          now: day(3),
        }),
      );
    await run(day(3), [concern(seen)], ['role-dark'], [unseen]);
    expect((await mark()).map(({ key }) => key)).toEqual([unseen]);
    expect(await mark()).toEqual([]);
    expect(await standingOfKeys(testing.db.sql, ORG, [seen, unseen])).toMatchObject([
      { key: seen, state: 'holds' },
      { key: unseen, state: 'not_evaluated', because: 'the HR export was not read', since: day(1) },
    ]);
    await run(day(4), [concern(seen), concern(unseen)], ['role-dark']);
    expect(await told(unseen)).toEqual(['2 appeared', '3 not_evaluated', '4 evaluated_again']);
  });

  test('runs of one rule leave the others alone', async () => {
    await run(day(2), [concern('rule-a/1'), concern('rule-b/1')], []);
    expect((await run(day(3), [], ['rule-a'])).cleared).toEqual(['rule-a/1']);
    expect(await standingOfKeys(testing.db.sql, ORG, ['rule-b/1'])).toMatchObject([{ state: 'holds' }]);
  });
});

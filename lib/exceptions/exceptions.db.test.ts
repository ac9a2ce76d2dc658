import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { addMs, DAY_MS, HOUR_MS, toIsoMs } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import {
  ADA,
  act,
  decide,
  happened,
  KEY,
  keep,
  notEvaluated,
  OLGA,
  ORG,
  ofKey,
  only,
  plantPeople,
  run,
  START,
  state,
} from './fixtures/exceptions-stage';
import { rebuildExceptions } from './rebuild-exceptions';
import { selectException } from './store/exceptions';

let testing: TestDatabase;
beforeAll(async () => {
  testing = await testDatabase();
  await plantPeople(testing);
});
afterAll(() => testing.drop());

const at = (days: number) => addMs(START, days * DAY_MS);
const terms = {
  reason: 'The replacement of the reporting tool ends in a week.',
  compensatingControl: 'Daily review of what the account did.',
};

/** The request that waits, by its id. */
async function requestOf(id: string): Promise<string> {
  const kept = await selectException(testing.db.sql, { orgIds: [ORG], id, lock: false });
  return kept?.request?.id ?? '';
}

/** An exception of this key that Ada had accepted until `days`, and Olga approved, half a day in. */
async function accepted(key: string, rule: string, days: number): Promise<string> {
  await run(testing, at(0), [state(key)], [rule]);
  await keep(testing, at(0));
  const { id } = await only(testing, key);
  const now = addMs(at(0), 12 * HOUR_MS);
  await decide(testing, ADA, id, { move: 'triage' }, now);
  const expiresAt = toIsoMs(at(days));
  await decide(testing, ADA, id, { move: 'request_acceptance', ...terms, expiresAt }, now);
  await decide(testing, OLGA, id, { move: 'approve', requestId: await requestOf(id) }, now);
  return id;
}

describe('opening', () => {
  test('I17, D20: what holds against policy becomes one exception, however many look at once; what is low needs nobody', async () => {
    await run(testing, at(0), [state('open-a/1'), state('open-a/2', { severity: 'low' })], ['open-a']);
    await happened(testing, at(0), [act('self-move/open', { occurredAt: at(-40) }), act('unheard-of/open')]);
    await Promise.all(Array.from({ length: 12 }, () => keep(testing, addMs(at(0), HOUR_MS))));
    expect(await only(testing, 'open-a/1')).toMatchObject({ state: 'new', round: 1, historic: false });
    expect(await only(testing, 'self-move/open')).toMatchObject({ state: 'new', historic: true });
    expect(await ofKey(testing, 'open-a/2')).toEqual([]);
    expect(await ofKey(testing, 'unheard-of/open')).toEqual([]);
  });
});

describe('X8: an acceptance', () => {
  test('needs a second person, who is none by a key and not who asked', async () => {
    await run(testing, at(0), [state('two/1')], ['two']);
    await keep(testing, at(0));
    const { id } = await only(testing, 'two/1');
    const asks = { move: 'request_acceptance', ...terms, expiresAt: toIsoMs(at(20)) } as const;
    await expect(decide(testing, KEY, id, asks, at(0))).rejects.toMatchObject({ code: 'forbidden' });
    const tooLong = { ...asks, expiresAt: toIsoMs(at(61)) };
    await expect(decide(testing, ADA, id, tooLong, at(0))).rejects.toMatchObject({ code: 'bad_request' });
    await decide(testing, ADA, id, asks, at(0));
    expect(await only(testing, 'two/1')).toMatchObject({ state: 'new' });
    const approve = { move: 'approve', requestId: await requestOf(id) } as const;
    await expect(decide(testing, ADA, id, approve, at(0))).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('someone else must decide'),
    });
    const twice = await Promise.allSettled([
      decide(testing, OLGA, id, approve, at(0)),
      decide(testing, OLGA, id, approve, at(0)),
    ]);
    expect(twice.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await only(testing, 'two/1')).toMatchObject({ state: 'accepted' });
  });

  test('ends by itself and returns to the queue', async () => {
    await accepted('ends/1', 'ends', 10);
    expect((await keep(testing, at(9))).returned).toBe(0);
    expect(await only(testing, 'ends/1')).toMatchObject({ state: 'accepted' });
    expect((await keep(testing, at(10))).returned).toBe(1);
    expect(await only(testing, 'ends/1')).toMatchObject({
      round: 1,
      state: expect.not.stringMatching('accepted'),
    });
    expect((await keep(testing, at(10))).returned).toBe(0);
  });

  test('goes stale when what the risk rests on changes', async () => {
    await accepted('stale/1', 'stale', 30);
    await run(testing, at(1), [state('stale/1', { sentence: 'in other words' })], ['stale']);
    await keep(testing, at(1));
    expect(await only(testing, 'stale/1')).toMatchObject({ state: 'accepted' });
    await run(testing, at(2), [state('stale/1', { riskBasis: 'role:Master Admin' })], ['stale']);
    await keep(testing, at(2));
    const { state: now, state_because } = await only(testing, 'stale/1');
    expect(now).not.toBe('accepted');
    expect(state_because).not.toBeNull();
  });
});

describe('X8: the end', () => {
  test('of a state is seen by a run, never said by a person; what comes back is the next round', async () => {
    await run(testing, at(0), [state('end/1')], ['end']);
    await keep(testing, at(0));
    const { id } = await only(testing, 'end/1');
    const says = { move: 'request_resolution', reason: 'Taken away.', evidence: 'See the ticket.' } as const;
    await expect(decide(testing, ADA, id, says, at(0))).rejects.toMatchObject({ code: 'conflict' });
    await decide(testing, ADA, id, { move: 'claim_fixed', note: 'Taken away.' }, at(0));
    await notEvaluated(testing, at(1), ['end'], 'the HR export was not read');
    await keep(testing, at(1));
    expect(await only(testing, 'end/1')).toMatchObject({ id, state: 'in_remediation' });
    await run(testing, at(2), [], ['end']);
    expect((await keep(testing, at(2))).resolved).toBe(1);
    expect(await only(testing, 'end/1')).toMatchObject({ id, state: 'resolved' });
    await run(testing, at(3), [state('end/1', { severity: 'medium' })], ['end']);
    expect((await keep(testing, at(3))).recurred).toBe(1);
    const [first, second] = await ofKey(testing, 'end/1');
    expect(second).toMatchObject({ round: 2, state: 'new', former_id: id, severity: 3 });
    expect(first).toMatchObject({ state: 'resolved', successor_id: second?.id });
  });

  test('of an act is a decision of two people', async () => {
    await happened(testing, at(0), [act('self-grant/end')]);
    await keep(testing, at(0));
    const { id } = await only(testing, 'self-grant/end');
    await expect(
      decide(testing, ADA, id, { move: 'claim_fixed', note: 'Taken back.' }, at(0)),
    ).rejects.toMatchObject({ code: 'conflict' });
    const asks = { move: 'request_resolution', reason: 'Taken back.', evidence: 'CHG0031022' } as const;
    await decide(testing, ADA, id, asks, at(0));
    await decide(testing, OLGA, id, { move: 'approve', requestId: await requestOf(id) }, at(0));
    expect(await only(testing, 'self-grant/end')).toMatchObject({ state: 'resolved' });
  });
});

test('what happened is a fact, and every row is the sum of what happened', async () => {
  for (const wrong of ['update exception_event set seq = seq + 1000', 'delete from exception_event'])
    await expect(testing.db.sql.query(wrong)).rejects.toThrow();
  const { looked, differed } = await rebuildExceptions(testing.db, { orgId: ORG });
  expect(looked).toBeGreaterThan(5);
  expect(differed).toEqual([]);
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { newDelivery as delivery, PLANNED_AT } from '../fixtures/new-delivery';
import { planDeliveries } from './plan-delivery';
import { releaseHeld, suppressDeliveries } from './release-held';

const now = PLANNED_AT;

let t: TestDatabase;
beforeAll(async () => {
  t = await testDatabase();
});
afterAll(() => t.drop());

const stateOf = async (key: string) =>
  (await t.db.sql.query('select state, because, next_at from delivery where key = $1', [key]))[0];

test('the same key makes one row', async () => {
  const first = await planDeliveries(t.db.sql, [delivery('once'), delivery('once')], now);
  const second = await planDeliveries(t.db.sql, [delivery('once')], now);
  expect([first.length, second.length]).toEqual([1, 0]);
  expect(await stateOf('once')).toEqual({ state: 'waiting', because: null, next_at: now });
});

test('what is held, muted or has no channel any more waits for nobody', async () => {
  await planDeliveries(
    t.db.sql,
    [
      delivery('quiet', { held: { because: 'Quiet hours until 07:00' } }),
      delivery('muted', { suppressed: { because: 'Muted: maintenance' } }),
      delivery('gone', { channelId: 'chn_never_was' }),
    ],
    now,
  );
  expect(await stateOf('quiet')).toMatchObject({ state: 'held', next_at: null });
  expect(await stateOf('muted')).toMatchObject({ state: 'suppressed', because: 'Muted: maintenance' });
  expect(await stateOf('gone')).toMatchObject({ state: 'dead' });
});

test('held deliveries go when they are released, or never when a digest told of them', async () => {
  const held = { because: 'digest' };
  const [first = '', second = ''] = await planDeliveries(
    t.db.sql,
    [delivery('d1', { held }), delivery('d2', { held })],
    now,
  );
  expect(await releaseHeld(t.db.sql, { ids: [first] }, now)).toEqual([first]);
  expect(await suppressDeliveries(t.db.sql, { ids: [second], because: 'Told in a digest' })).toEqual([
    second,
  ]);
  expect(await releaseHeld(t.db.sql, { dueAt: now, because: 'digest' }, now)).toEqual([]);
});

test('what was said is a fact; how far it got is not', async () => {
  await planDeliveries(t.db.sql, [delivery('fact')], now);
  for (const statement of [
    `update delivery set message = '{}' where key = 'fact'`,
    `update delivery set channel_id = 'inbox' where key = 'fact'`,
    `delete from delivery where key = 'fact'`,
    'delete from delivery_attempt',
  ])
    await expect(t.db.sql.query(statement)).rejects.toMatchObject({ code: '42501' });
  await expect(t.owner.query(`update delivery set key = 'other' where key = 'fact'`)).rejects.toMatchObject({
    code: '42501',
  });
  await t.db.sql.query(`update delivery set because = 'x' where key = 'fact'`);
});

import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { wrappingKey } from '@/lib/auth/settings/secret-box';
import type { OutboundOptions } from '@/lib/connectors/http/outbound';
import { type Env, loadEnv } from '@/lib/env/load-env';
import { noteAlert } from '@/lib/findings/note-finding';
import { raiseFindings } from '@/lib/findings/raise-findings';
import { findingById } from '@/lib/findings/read-findings';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, MINUTE_MS, SECOND_MS } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { startScriptedServer } from '@/lib/testing/scripted-http-server';
import { addChannel, changeChannel, removeChannel } from '../channels/change-channel';
import { PLANNED_AT as NOW, newDelivery } from '../fixtures/new-delivery';
import { deliveriesOfAlerts } from '../store/read-deliveries';
import { deliveryDto } from '../views/deliveries';
import { deliverDue } from './deliver-due';
import { deliveryDeps } from './deps';
import { type NewDelivery, planDeliveries } from './plan-delivery';
import { replayDelivery } from './replay-delivery';

const SECRET = 'a secret both sides hold';
const wrapping = wrappingKey('a secrets key of more than thirty-two characters');

let t: TestDatabase;
let sandbox: RunningSandbox;
let env: Env;
beforeAll(async () => {
  [t, sandbox] = await Promise.all([testDatabase(), startSandbox()]);
  const loaded = loadEnv(sandbox.env);
  if (!loaded.ok) throw new Error(loaded.problems.join(' '));
  env = loaded.env;
});
afterAll(async () => {
  await sandbox.close();
  await t.drop();
});
beforeEach(async () => {
  sandbox.faults(NO_FAULTS);
  sandbox.state.sinks.length = 0;
  sandbox.state.mails.length = 0;
  // Each test begins with nothing waiting and channels in good health.
  await t.db.sql.query(
    `update delivery set state = 'suppressed', next_at = null where state in ('waiting', 'held')`,
  );
  await t.db.sql.query('delete from channel_health');
});

const deps = (outbound: OutboundOptions = {}, random = () => 0.5) =>
  deliveryDeps(env, t.db, { outbound, wrapping: () => wrapping, random });
const run = (now: Date, outbound?: OutboundOptions) => deliverDue(deps(outbound), { now });
const plan = (...rows: NewDelivery[]) => planDeliveries(t.db.sql, rows, NOW);
const shown = (id: string | undefined) => deliveryDto(t.db.sql, id ?? '');
const arrived = (sink: string) => sandbox.state.sinks.filter((one) => one.sink === sink);
const by = { actor: SYSTEM_ACTOR, now: NOW, wrapping };
const webhook = async (path: string, base = `${sandbox.url}/webhook`) =>
  (
    await addChannel(
      t.db.sql,
      { kind: 'webhook', name: path, config: { url: `${base}/${path}`, secret: SECRET } },
      by,
    )
  ).id;
const idsAt = (sink: string) => arrived(sink).map((one) => one.headers['x-tallystick-delivery']);

describe('every channel', () => {
  test('D10, D11, R18: an alert reaches Slack, mail, ServiceNow and a webhook, and the incident is noted on the finding', async () => {
    const alertId = 'alr_everywhere';
    const [finding] = await t.db.transaction((sql) =>
      raiseFindings(sql, {
        orgId: newDelivery('x').orgId ?? '',
        now: NOW,
        ruleSha256Of: () => 'ab'.repeat(32),
        concerns: [
          {
            key: 'pipeline-bypass/1',
            rule: 'pipeline-bypass',
            severity: 'high',
            subject: { type: 'flow', id: 'f', name: 'Main' },
            sentence: 'A flow was changed by hand',
            reasons: [],
            occurredAt: NOW,
            receivedAt: NOW,
            actor: null,
            changeIds: ['c'],
            moveId: null,
            sessionId: null,
            divisionIds: [],
            responses: [],
            tell: ['officer'],
            unmutable: false,
          },
        ],
      }),
    );
    await noteAlert(t.db.sql, alertId, [finding?.id ?? '']);
    const channels = ['env_slack', 'env_email', 'env_servicenow', await webhook('siem')];
    const ids = await plan(
      ...channels.map((channelId) => newDelivery(`all/${channelId}`, { alertId, channelId })),
    );
    expect(await run(NOW)).toMatchObject({ delivered: 4, again: 0, dead: 0, nextAt: null });

    expect(JSON.stringify(arrived('slack/compliance')[0]?.body)).toContain('Luis Ortega');
    expect(sandbox.state.mails[0]).toMatchObject({
      to: ['compliance@northwind.example.test'],
      subject: expect.stringContaining('[Critical]'),
    });
    expect(idsAt('webhook/siem')).toEqual([ids[3]]);
    const [incident] = sandbox.state.history.desk.serviceNow.incidents.filter(
      (one) => one.correlation_id === alertId,
    );
    expect((await findingById(t.db.sql, finding?.id ?? ''))?.incident?.number).toBe(incident?.number);
    const summary = (await deliveriesOfAlerts(t.db.sql, [alertId])).get(alertId);
    expect(summary).toMatchObject({
      delivered: 4,
      waiting: 0,
      dead: 0,
      incident: { number: incident?.number },
    });
    expect((summary?.firstDeliveredAt?.getTime() ?? 0) - NOW.getTime()).toBeLessThan(10 * SECOND_MS);
  });

  test('what is held, muted, paused or not due yet is not sent', async () => {
    const paused = await webhook('paused');
    await changeChannel(t.db.sql, { id: paused, state: 'paused' }, by);
    const [, , waiting] = await plan(
      newDelivery('held', { held: { because: 'Quiet hours' } }),
      newDelivery('muted', { suppressed: { because: 'Muted' } }),
      newDelivery('paused', { channelId: paused }),
      newDelivery('later', { notBefore: addMs(NOW, DAY_MS) }),
    );
    expect(await run(NOW)).toMatchObject({ delivered: 0, nextAt: addMs(NOW, DAY_MS) });
    expect(sandbox.state.sinks).toEqual([]);
    expect(await shown(waiting)).toMatchObject({ state: 'waiting', because: 'The channel is paused.' });
    await changeChannel(t.db.sql, { id: paused, state: 'active' }, by);
    expect(await run(NOW)).toMatchObject({ delivered: 1 });
  });

  test('a channel that was removed, or was never set, leaves dead letters that say so', async () => {
    const removed = await webhook('removed');
    const [id] = await plan(newDelivery('to removed', { channelId: removed }));
    await removeChannel(t.db.sql, removed, by);
    const bare = deliveryDeps({ ...env, SMTP_FROM: undefined }, t.db);
    const [mail] = await plan(newDelivery('no sender', { channelId: 'env_email' }));
    expect(await deliverDue(bare, { now: NOW })).toMatchObject({ dead: 2 });
    expect((await shown(id)).because).toContain('no such channel');
    expect((await shown(mail)).because).toBe('SMTP_FROM is not set.');
  });

  test('a channel that points inside is not followed without the allow-list', async () => {
    const id = await webhook('inside');
    const [letter] = await plan(newDelivery('inside', { channelId: id }));
    const walled = deliveryDeps({ ...env, OUTBOUND_ALLOWLIST: undefined }, t.db, {
      wrapping: () => wrapping,
    });
    expect(await deliverDue(walled, { now: NOW })).toMatchObject({ dead: 1 });
    expect((await shown(letter)).because).toContain('this very machine');
    expect(arrived('webhook/inside')).toEqual([]);
  });
});

describe('trying again', () => {
  test('D10: after 429 nothing is sent to the channel before Slack allows it, then it is, once', async () => {
    sandbox.faults({ slackStatus: 429 });
    const ids = await plan(newDelivery('limited'), newDelivery('limited too'));
    const first = await run(NOW);
    expect(first).toMatchObject({ delivered: 0, again: 1 });
    expect((first.nextAt?.getTime() ?? 0) - NOW.getTime()).toBeGreaterThanOrEqual(SECOND_MS);
    sandbox.faults({ slackStatus: 0 });
    expect(await run(addMs(NOW, 500))).toMatchObject({ delivered: 0 });
    expect(arrived('slack/compliance')).toHaveLength(1);
    expect(await run(addMs(NOW, 10 * SECOND_MS))).toMatchObject({ delivered: 2 });
    expect(arrived('slack/compliance').map((one) => one.answered)).toEqual([429, 200, 200]);
    // Both were due at once; whichever was tried first met the refusal.
    const outcomes = [];
    for (const id of ids) outcomes.push((await shown(id)).attempts.map((one) => one.outcome));
    expect(outcomes.sort()).toEqual([['again', 'delivered'], ['delivered']]);
  });

  test('after eight tries it is a dead letter, and a replay comes to the receiver under the same id', async () => {
    sandbox.faults({ webhookStatus: 503 });
    const [id = ''] = await plan(newDelivery('hopeless', { channelId: await webhook('down') }));
    let now = NOW;
    for (let round = 0; round < 20; round++) now = (await run(now)).nextAt ?? now;
    const dead = await shown(id);
    expect(dead).toMatchObject({
      state: 'dead',
      because: expect.stringMatching(/^Tried 8 times\..*trouble/),
    });
    expect(dead.attempts).toHaveLength(8);
    // The channel was left alone after five failures: the last tries are half a minute and more apart.
    expect(now.getTime() - NOW.getTime()).toBeGreaterThan(3 * MINUTE_MS);

    sandbox.faults({ webhookStatus: 0 });
    const replay = { id, orgIds: [newDelivery('x').orgId ?? ''], installation: false };
    await expect(replayDelivery(t.db.sql, { ...replay, orgIds: [] }, by)).rejects.toMatchObject({
      code: 'not_found',
    });
    await replayDelivery(t.db.sql, replay, by);
    await run(addMs(now, 10 * MINUTE_MS));
    expect(await shown(id)).toMatchObject({ state: 'delivered', because: null });
    expect(new Set(idsAt('webhook/down'))).toEqual(new Set([id]));
    await expect(replayDelivery(t.db.sql, replay, by)).rejects.toMatchObject({ code: 'conflict' });
    const rows = await t.db.sql.query(
      `select 1 from journal where action = 'delivery.replayed' and object_id = $1`,
      [id],
    );
    expect(rows).toHaveLength(1);
  });

  test('D11: an answer of ServiceNow that got lost makes neither a second incident nor a second note', async () => {
    const alertId = 'alr_lost';
    sandbox.faults({ serviceNowDropsAfterApply: 1 });
    const row = (key: string, more: Partial<NewDelivery> = {}) =>
      newDelivery(key, { alertId, channelId: 'env_servicenow', ...more });
    const [opened] = await plan(row('lost/alert'));
    expect(await run(NOW)).toMatchObject({ again: 1 });
    expect((await shown(opened)).attempts).toMatchObject([{ outcome: 'unknown' }]);
    await run(addMs(NOW, MINUTE_MS));
    sandbox.faults({ serviceNowDropsAfterApply: 1 });
    const [noted] = await plan(row('lost/update', { purpose: 'update' }));
    for (const minutes of [2, 4]) await run(addMs(NOW, minutes * MINUTE_MS));
    expect([(await shown(opened)).state, (await shown(noted)).state]).toEqual(['delivered', 'delivered']);
    const incidents = sandbox.state.history.desk.serviceNow.incidents.filter(
      (one) => one.correlation_id === alertId,
    );
    expect(incidents).toHaveLength(1);
    expect(incidents[0]?.work_notes?.match(/Luis Ortega moved himself/g)).toHaveLength(1);
    expect((await shown(noted)).receipt?.number).toBe(incidents[0]?.number);
  });

  test('where a repetition would be shown twice, an unknown outcome is repeated once', async () => {
    sandbox.faults({ slackDropsAfterApply: 9 });
    const [id] = await plan(newDelivery('silence'));
    for (const minutes of [0, 1, 2, 3, 9]) await run(addMs(NOW, minutes * MINUTE_MS));
    expect(arrived('slack/compliance')).toHaveLength(2);
    const dead = await shown(id);
    expect(dead.attempts.map((one) => one.outcome)).toEqual(['unknown', 'unknown']);
    expect(dead).toMatchObject({
      state: 'dead',
      because: expect.stringContaining('without learning whether it arrived'),
    });
  });
});

describe('many at once', () => {
  test('a channel that never answers delays no other, also not for what becomes due meanwhile', async () => {
    const mute = await startScriptedServer(() => ({ raw: () => undefined }));
    const bad = await webhook('mute', mute.url);
    const good = await webhook('good');
    await plan(...Array.from({ length: 12 }, (_, n) => newDelivery(`bad/${n}`, { channelId: bad })));
    const running = run(NOW, { totalLimitMs: 4_000 });
    while (mute.requests.length === 0) await pause(20);
    await plan(newDelivery('good', { channelId: good }));
    while (idsAt('webhook/good').length === 0) await pause(20);
    const triesOfBad = await t.db.sql.query(
      `select 1 from delivery_attempt a join delivery d on d.id = a.delivery_id where d.channel_id = $1`,
      [bad],
    );
    expect(triesOfBad).toEqual([]); // still waiting for its first answer
    await running;
    await mute.close();
  });

  test('two workers at once send each delivery once', async () => {
    const channelId = await webhook('crowd');
    const ids = await plan(...Array.from({ length: 40 }, (_, n) => newDelivery(`crowd/${n}`, { channelId })));
    const runs = await Promise.all([run(NOW), run(NOW), run(NOW)]);
    // A run that found the channel's bound taken leaves the rest to the others.
    expect(runs.reduce((sum, one) => sum + one.delivered, 0)).toBe(40);
    expect(idsAt('webhook/crowd').sort()).toEqual([...ids].sort());
  });

  test('a broken channel is left alone after a few failures, then probed with one message', async () => {
    const channelId = await webhook('nobody', 'http://127.0.0.1:1');
    await plan(...Array.from({ length: 30 }, (_, n) => newDelivery(`broken/${n}`, { channelId })));
    const tries = async () =>
      (
        await t.db.sql.query<{ n: number }>(
          `select count(*) as n from delivery_attempt a join delivery d on d.id = a.delivery_id where d.channel_id = $1`,
          [channelId],
        )
      )[0]?.n ?? 0;
    const first = await run(NOW);
    expect(await tries()).toBeLessThanOrEqual(8);
    expect(first.nextAt?.getTime()).toBeGreaterThanOrEqual(NOW.getTime() + 30 * SECOND_MS);
    const before = await tries();
    await run(addMs(NOW, 10 * SECOND_MS));
    expect(await tries()).toBe(before);
    await run(addMs(NOW, 10 * MINUTE_MS));
    expect(await tries()).toBe(before + 1);
  });
});

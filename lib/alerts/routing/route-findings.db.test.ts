import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { noteSessionsByKey } from '@/lib/findings/note-finding';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, MINUTE_MS } from '@/lib/kernel/instant';
import { decideAlert } from '../decide-alert';
import { concern, NOW, ORG, type RoutingStage, routingStage } from '../fixtures/routing-stage';
import { viewAlert } from '../views/alert-detail';
import { viewAlerts } from '../views/alerts';

let stage: RoutingStage;
beforeAll(async () => {
  stage = await routingStage();
});
afterAll(() => stage.testing.drop());

const detail = (id: string) => viewAlert(stage.viewer('officer'), { id }, { db: stage.testing.db });
const told = async (alertId: string) =>
  (
    await stage.rows<{ user_id: string; purpose: string }>(
      'select user_id, purpose from inbox_item where alert_id = $1 order by at, user_id',
      [alertId],
    )
  ).map((row) => `${row.purpose} ${row.user_id}`);
const deliveries = async (alertId: string) =>
  (
    await stage.rows<{ channel_id: string; purpose: string; state: string }>(
      'select channel_id, purpose, state from delivery where alert_id = $1 order by received_at, channel_id',
      [alertId],
    )
  ).map((row) => `${row.purpose} ${row.channel_id} ${row.state}`);
const only = async (routed: Promise<readonly string[]>) => {
  const ids = await routed;
  expect(ids).toHaveLength(1);
  return ids[0] ?? '';
};

describe('one finding', () => {
  test('is told to active people of the roles who may see the organisation, and by the configured channels', async () => {
    await stage.raise([concern({ rule: 'self-move', severity: 'critical', tell: ['officer'] })]);
    const id = await only(stage.route());
    expect(await told(id)).toEqual(['alert usr_admin', 'alert usr_officer']);
    expect(await deliveries(id)).toEqual([
      'alert env_email waiting',
      'alert env_slack waiting',
      'alert inbox waiting',
    ]);
    expect((await detail(id)).history.map((event) => event.said)).toEqual([
      'Told usr_admin, usr_officer, env_slack, env_email.',
      'Raised by 1 finding.',
    ]);
  });

  test('D19: into a restricted division is told to the data protection officer, by e-mail too', async () => {
    await stage.raise([concern({ rule: 'restricted-move', severity: 'high', tell: ['privacy_officer'] })]);
    const id = await only(stage.route());
    expect(await told(id)).toEqual(['alert usr_officer', 'alert usr_privacy_officer']);
    expect(await deliveries(id)).toEqual(['alert env_email waiting', 'alert inbox waiting']);
  });

  test('R18: past the pipeline is told to the compliance officer at once, by Slack and e-mail', async () => {
    await stage.raise([concern({ rule: 'pipeline-bypass', severity: 'high', tell: ['officer'] })]);
    const id = await only(stage.route());
    expect(await told(id)).toEqual(['alert usr_officer']);
    expect(await deliveries(id)).toEqual([
      'alert env_email waiting',
      'alert env_slack waiting',
      'alert inbox waiting',
    ]);
  });

  test('routed twice at the same time is one alert', async () => {
    await stage.raise([concern({ rule: 'self-move', severity: 'critical' })]);
    const routed = await Promise.all([stage.route(), stage.route(), stage.route()]);
    expect(new Set(routed.flat()).size).toBe(1);
    expect(await told(routed.flat()[0] ?? '')).toHaveLength(2);
  });

  test('older than a day when it was found is kept as history, and nobody is told', async () => {
    await stage.raise([concern({ severity: 'critical', occurredAt: addMs(NOW, -DAY_MS - 1) })]);
    const id = await only(stage.route());
    expect(await detail(id)).toMatchObject({ state: 'historic', notSent: expect.stringContaining('older') });
    expect(await told(id)).toEqual([]);
    expect(await stage.route()).toEqual([]);
  });
});

describe('a session', () => {
  test('D26: a cascade of 1,400 findings is one alert, told once', async () => {
    const sessionId = 'ssn_cascade';
    await stage.raise(Array.from({ length: 1_400 }, () => concern({ sessionId, severity: 'low' })));
    const id = await only(stage.route());
    const alert = await detail(id);
    expect(alert).toMatchObject({ findings: 1_400, sessionId });
    expect(alert.title).toMatch(/, and 1,399 more changes$/);
    expect(await told(id)).toEqual(['alert usr_officer']);
    expect((await deliveries(id)).length).toBe(1);
  });

  test('that grows is told of again at once when it turns graver, else at most every half hour', async () => {
    const sessionId = 'ssn_growing';
    const later = (minutes: number) => addMs(NOW, minutes * MINUTE_MS);
    const more = (minutes: number, severity: 'low' | 'critical') =>
      stage.raise([concern({ sessionId, severity }, later(minutes))], later(minutes));
    await more(0, 'low');
    const id = await only(stage.route());
    await more(1, 'low');
    await stage.route(later(1));
    expect(await told(id)).toEqual(['alert usr_officer']);
    await more(2, 'critical');
    await stage.route(later(2));
    expect(await told(id)).toEqual(['alert usr_officer', 'update usr_admin', 'update usr_officer']);
    expect((await detail(id)).severity).toBe('critical');
    for (const minute of [3, 4, 5]) await more(minute, 'low');
    await stage.route(later(5));
    expect(await told(id)).toHaveLength(3);
    await stage.route(later(32));
    expect(await told(id)).toHaveLength(5);
    await stage.route(later(90));
    expect(await told(id)).toHaveLength(5);
  });

  test('that takes in what was two alerts makes them one: the older, in the more open state', async () => {
    const concerns = [concern(), concern()];
    await stage.raise([concerns[0] ?? concern()]);
    const older = await only(stage.route());
    await stage.raise([concerns[1] ?? concern()], addMs(NOW, MINUTE_MS));
    const younger = await only(stage.route(addMs(NOW, MINUTE_MS)));
    await stage.testing.db.transaction((sql) =>
      decideAlert(
        sql,
        { id: older, decision: 'close', reason: 'Looked at it.', orgIds: [ORG] },
        { actor: SYSTEM_ACTOR, now: NOW },
      ),
    );
    await noteSessionsByKey(stage.testing.db.sql, {
      orgId: ORG,
      concerns: concerns.map((one) => ({ ...one, sessionId: 'ssn_joined' })),
    });
    expect(await stage.route(addMs(NOW, 2 * MINUTE_MS))).toEqual([older]);
    const merged = await detail(younger);
    expect(merged).toMatchObject({ id: older, findings: 2, state: 'open', sessionId: 'ssn_joined' });
    expect(merged.deliveryList.length).toBe(2);
    expect(await stage.route(addMs(NOW, 3 * MINUTE_MS))).toEqual([]);
    const { items } = await viewAlerts(stage.viewer('officer'), { limit: 500 }, { db: stage.testing.db });
    expect(items.map((item) => item.id)).not.toContain(younger);
  });

  test('R22: a critical act by another actor in the same minute is an alert of its own', async () => {
    await stage.raise([
      ...Array.from({ length: 30 }, () => concern({ sessionId: 'ssn_bulk' })),
      concern({ severity: 'critical', actor: { kind: 'person', id: 'luis', name: 'Luis Ortega' } }),
    ]);
    expect(await stage.route()).toHaveLength(2);
  });
});

describe('what a person decides', () => {
  const decide = (id: string, decision: 'acknowledge' | 'close' | 'reopen', orgIds = [ORG]) =>
    stage.testing.db.transaction((sql) =>
      decideAlert(sql, { id, decision, reason: 'It was agreed.', orgIds }, { actor: SYSTEM_ACTOR, now: NOW }),
    );

  test('is kept with the name and the reason, and journaled; what cannot be is refused', async () => {
    await stage.raise([concern()]);
    const id = await only(stage.route());
    await decide(id, 'acknowledge');
    await decide(id, 'close');
    await expect(decide(id, 'acknowledge')).rejects.toMatchObject({ code: 'conflict' });
    await decide(id, 'reopen');
    await expect(decide(id, 'close', ['b0000000-0000-4000-8000-000000000001'])).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await detail(id)).history.map((event) => event.said).slice(0, 3)).toEqual([
      'Reopened: It was agreed.',
      'Closed: It was agreed.',
      'Acknowledged: It was agreed.',
    ]);
    const journal = await stage.rows<{ action: string }>(
      `select action from journal where object_type = 'alert' and object_id = $1`,
      [id],
    );
    expect(journal.map((row) => row.action).sort()).toEqual([
      'alert.acknowledged',
      'alert.closed',
      'alert.reopened',
    ]);
  });

  test('an alert from history that somebody takes up is not sent after all', async () => {
    await stage.raise([concern({ occurredAt: addMs(NOW, -3 * DAY_MS) })]);
    const id = await only(stage.route());
    await decide(id, 'acknowledge');
    await stage.route();
    expect(await told(id)).toEqual([]);
  });
});

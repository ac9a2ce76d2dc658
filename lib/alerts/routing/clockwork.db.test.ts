import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { detectSilences } from '@/lib/detections/detect-silences';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { AlertRule } from '../contract/rules';
import { decideAlert } from '../decide-alert';
import { concern, NOW, ORG, type RoutingStage, routingStage } from '../fixtures/routing-stage';
import { BUILT_IN_RULES } from '../model/routing/built-in-rules';
import { addMute, liftMute } from '../mutes/change-mutes';
import { liftPastMutes } from '../mutes/lift-past-mutes';
import { addRule, changeRule, removeRule } from '../rules/change-rules';
import { viewAlert } from '../views/alert-detail';
import { viewAlertRules } from '../views/alert-rules';
import { viewMutes } from '../views/mutes';
import { viewRulePreview } from '../views/preview-rule';
import { closeEnded } from './close-ended';
import { escalateDue } from './escalate-due';
import { sendDigests } from './send-digests';

const BY = { actor: SYSTEM_ACTOR, now: NOW };
const CONFIGURED = new Set(['env_slack', 'env_email']);

let stage: RoutingStage;
beforeAll(async () => {
  stage = await routingStage();
});
afterAll(() => stage.testing.drop());

const world = () => ({ db: stage.testing.db, now: NOW });
const detail = (id: string) => viewAlert(stage.viewer('officer'), { id }, world());
const first = async (routed: Promise<readonly string[]>) => (await routed)[0] ?? '';
const states = async (alertId: string) =>
  (
    await stage.rows<{ channel_id: string; state: string }>(
      'select channel_id, state from delivery where alert_id = $1 order by channel_id',
      [alertId],
    )
  ).map((row) => `${row.channel_id} ${row.state}`);

const slackRule = (more: Partial<AlertRule>): AlertRule => ({
  name: 'Partner acts',
  enabled: true,
  what: { rules: ['genesys-staff'], minSeverity: 'low', orgs: [], divisions: [], actorKinds: [] },
  who: { roles: ['operator'], users: [] },
  channels: ['env_slack'],
  quietHours: null,
  escalation: null,
  grouping: 'none',
  digest: null,
  ...more,
});
const staff = () => concern({ rule: 'genesys-staff' });

describe('quiet hours and digests', () => {
  test('what is held goes out as one message when its time comes, and a single one as it is', async () => {
    const { db } = stage.testing;
    const digest = { every: 'hour', at: '00:30', zone: 'UTC' } as const;
    const ruleId = await db.transaction((sql) => addRule(sql, slackRule({ digest }), BY));
    await stage.raise([staff(), staff(), staff()]);
    const alerts = await stage.route();
    expect(alerts).toHaveLength(3);
    for (const id of alerts) expect(await states(id)).toEqual(['env_slack held', 'inbox waiting']);
    expect(await sendDigests(db, { now: addMs(NOW, 29 * MINUTE_MS) })).toEqual({ released: 0, digests: 0 });
    expect(await sendDigests(db, { now: addMs(NOW, 30 * MINUTE_MS) })).toEqual({ released: 3, digests: 1 });
    for (const id of alerts) expect(await states(id)).toEqual(['env_slack suppressed', 'inbox waiting']);
    const [message] = await stage.rows<{ title: string; state: string }>(
      `select message ->> 'title' as title, state from delivery where purpose = 'digest'`,
    );
    expect(message).toEqual({ title: '3 alerts of Northwind Contact', state: 'waiting' });
    expect(await sendDigests(db, { now: addMs(NOW, HOUR_MS) })).toEqual({ released: 0, digests: 0 });

    await stage.raise([staff()]);
    const single = await first(stage.route());
    await sendDigests(db, { now: addMs(NOW, 30 * MINUTE_MS) });
    expect(await states(single)).toEqual(['env_slack waiting', 'inbox waiting']);
    await db.transaction((sql) => removeRule(sql, ruleId, { ...BY, now: addMs(NOW, 1) }));
  });
});

describe('escalation', () => {
  test('tells further people once when nobody acknowledged in time, and nobody when somebody did', async () => {
    await stage.raise([concern({ severity: 'critical' }), concern({ severity: 'critical' })]);
    const [left = '', taken = ''] = await stage.route();
    await stage.testing.db.transaction((sql) =>
      decideAlert(sql, { id: taken, decision: 'acknowledge', reason: 'On it.', orgIds: [ORG] }, BY),
    );
    const due = { now: addMs(NOW, 30 * MINUTE_MS), configured: CONFIGURED };
    expect(await escalateDue(stage.testing.db, { ...due, now: addMs(NOW, 29 * MINUTE_MS) })).toEqual({
      alerts: [],
    });
    expect(await escalateDue(stage.testing.db, due)).toEqual({ alerts: [left] });
    expect(await escalateDue(stage.testing.db, due)).toEqual({ alerts: [] });
    const items = await stage.rows<{ user_id: string; title: string }>(
      `select user_id, title from inbox_item where purpose = 'escalation' order by user_id`,
    );
    expect(items.map((item) => item.user_id)).toEqual(['usr_operator', 'usr_privacy_officer']);
    expect(items[0]?.title).toMatch(/^Not acknowledged: /);
    expect((await detail(left)).history[0]?.said).toContain('Nobody acknowledged it in time');
  });
});

describe('a mute', () => {
  const mute = (more: object = {}) =>
    stage.testing.db.transaction((sql) =>
      addMute(
        sql,
        {
          orgId: ORG,
          rule: 'division-move',
          subjectId: null,
          actorId: 'dana',
          reason: 'Reorganisation of the week',
          until: addMs(NOW, HOUR_MS),
          ...more,
        },
        BY,
      ),
    );

  test('keeps finding and alert, and the delivery as suppressed with the reason; its end is told', async () => {
    const { id: muteId } = await mute();
    await stage.raise([concern()]);
    const id = await first(stage.route());
    const alert = await detail(id);
    expect(alert).toMatchObject({
      state: 'open',
      mutedUntil: '2026-11-28T11:00:00Z',
      notSent: 'Muted by Tallystick until 2026-11-28T11:00:00Z: Reorganisation of the week',
    });
    expect(alert.deliveryList).toEqual([
      expect.objectContaining({ channelId: 'inbox', state: 'suppressed', because: alert.notSent }),
    ]);
    await stage.raise([concern({ actor: { kind: 'person', id: 'priya', name: 'Priya Nair' } })]);
    expect(await detail(await first(stage.route()))).toMatchObject({ notSent: null });
    expect((await viewMutes(stage.viewer('officer'), {}, world())).items).toMatchObject([
      { id: muteId, state: 'in_force', held: 1 },
    ]);

    const later = addMs(NOW, HOUR_MS);
    const { lifted, found } = await liftPastMutes(stage.testing.db, { orgId: ORG, now: later });
    expect(lifted).toEqual([muteId]);
    expect(found).toMatchObject([{ rule: 'mute-past-reason', unmutable: true, tell: ['operator', 'admin'] }]);
    expect(await liftPastMutes(stage.testing.db, { orgId: ORG, now: later })).toEqual({
      lifted: [],
      found: [],
    });
    const told = await detail(await first(stage.route(later)));
    expect(told).toMatchObject({ unmutable: true, notSent: null });
    expect(told.title).toContain('it held back 1 alert');
  });

  test('can be lifted; it never holds what cannot be muted, and never lasts for ever', async () => {
    const { id } = await mute({ rule: 'genesys-staff' });
    const lift = (orgIds: readonly string[]) =>
      stage.testing.db.transaction((sql) => liftMute(sql, { id, orgIds }, BY));
    await expect(lift([])).rejects.toMatchObject({ code: 'not_found' });
    await lift([ORG]);
    await expect(lift([ORG])).rejects.toMatchObject({ code: 'conflict' });
    await expect(mute({ rule: 'collector-silent' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(mute({ rule: 'no-such-rule' })).rejects.toMatchObject({ code: 'bad_request' });
    await expect(mute({ until: addMs(NOW, 400 * DAY_MS) })).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('outlives its reason when the ticket it names is closed', async () => {
    const ticket = {
      firstStatus: 'Open',
      statusSteps: [{ at: '2026-11-28T10:10:00Z', to: 'Done', by: null }],
    };
    await stage.testing.owner.query(
      `insert into ticket_version (org_id, system, key, received_at, raw_sha256, content_sha256, body, salt, leaf_hash)
       values ($1, 'jira', 'OPS-7', now(), sha256('a'), sha256('a'), $2, substring(sha256('a') for 16), sha256('a'))`,
      [ORG, JSON.stringify(ticket)],
    );
    const { id } = await mute({ rule: 'mass-oauth', reason: 'Key rotation, OPS-7' });
    const now = addMs(NOW, 20 * MINUTE_MS);
    const { lifted, found } = await liftPastMutes(stage.testing.db, { orgId: ORG, now });
    expect(lifted).toEqual([]);
    expect(found).toMatchObject([{ key: `mute-past-reason/${id}/ticket_closed` }]);
    expect(found[0]?.sentence).toContain('outlives OPS-7, which is closed');
  });
});

describe('a silent collector', () => {
  test('is told to operator and admin though all is muted, once, and ends by itself', async () => {
    const { db } = stage.testing;
    const silences = (minutes: number) =>
      detectSilences(db, { orgId: ORG, now: addMs(NOW, minutes * MINUTE_MS) });
    expect((await silences(89)).found).toEqual([]);
    const { found } = await silences(95);
    expect(found).toMatchObject([{ rule: 'collector-silent', severity: 'critical', unmutable: true }]);
    expect((await silences(120)).found).toEqual([]);
    const alerts = await Promise.all((await stage.route(addMs(NOW, 95 * MINUTE_MS))).map(detail));
    const id = alerts.find((alert) => alert.rules.includes('collector-silent'))?.id ?? '';
    const people = await stage.rows<{ user_id: string }>(
      'select user_id from inbox_item where alert_id = $1 order by user_id',
      [id],
    );
    expect(people.map((one) => one.user_id)).toEqual(['usr_admin', 'usr_officer', 'usr_operator']);
    const heardAt = addMs(NOW, 130 * MINUTE_MS);
    expect(await closeEnded(db, { orgId: ORG, heardAt: null, now: heardAt })).toEqual({ alerts: [] });
    expect(await closeEnded(db, { orgId: ORG, heardAt, now: heardAt })).toEqual({ alerts: [id] });
    expect(await detail(id)).toMatchObject({ state: 'closed' });
    expect((await detail(id)).history[0]?.said).toContain('Closed by itself');
  });
});

describe('routing rules', () => {
  test('that come with the product can be changed and switched off, not removed', async () => {
    const { db } = stage.testing;
    const [critical] = BUILT_IN_RULES;
    const rule = { ...(critical?.rule ?? slackRule({})), enabled: false };
    const now = addMs(NOW, DAY_MS);
    await db.transaction((sql) => changeRule(sql, { id: 'rul_critical', rule }, { ...BY, now }));
    await expect(db.transaction((sql) => removeRule(sql, 'rul_critical', BY))).rejects.toMatchObject({
      code: 'conflict',
    });
    const at = (when: Date) => viewAlertRules(stage.viewer('admin'), {}, { db, now: when });
    const found = (await at(now)).items.find((one) => one.id === 'rul_critical');
    expect(found).toMatchObject({ enabled: false, builtIn: true, changedBy: 'Tallystick' });
    expect((await at(NOW)).items.find((one) => one.id === 'rul_critical')).toMatchObject({ enabled: true });
  });

  test('that name what there is not, or would never send, are refused', async () => {
    const add = (more: Partial<AlertRule>) =>
      stage.testing.db.transaction((sql) => addRule(sql, slackRule(more), BY));
    await expect(add({ channels: ['chn_nothing'] })).rejects.toMatchObject({ code: 'bad_request' });
    const all = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
    const quietHours = {
      zone: 'UTC',
      days: [...all],
      from: '08:00',
      to: '08:00',
      exceptFrom: 'critical',
    } as const;
    await expect(add({ quietHours: { ...quietHours, days: [...all] } })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });

  test('show in a preview what they would have sent, to whom, and change nothing', async () => {
    const before = await stage.rows('select rule_id from alert_rule_version');
    const preview = await viewRulePreview(stage.viewer('admin'), slackRule({}), {
      db: stage.testing.db,
      now: addMs(NOW, MINUTE_MS),
    });
    expect(preview).toMatchObject({
      findings: 4,
      alerts: 4,
      people: [{ id: 'usr_operator', name: 'usr_operator' }],
      channels: ['env_slack'],
      incomplete: false,
    });
    expect(await stage.rows('select rule_id from alert_rule_version')).toEqual(before);
  });
});

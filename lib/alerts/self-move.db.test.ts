import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { divisionId } from '@/e2e/sandbox/world/build';
import type { Viewer } from '@/lib/auth/viewer';
import { EDGE_MS } from '@/lib/changes/collect/plan-run';
import type { Finding } from '@/lib/findings/model/concern';
import { SECOND_MS } from '@/lib/kernel/instant';
import { type SandboxStage, sandboxStage } from './fixtures/sandbox-stage';
import { viewAlert } from './views/alert-detail';
import { viewAlertDelays, viewAlerts } from './views/alerts';
import { viewInbox } from './views/inbox';

const PATIENCE_MS = 240_000;
const PEOPLE = {
  'Ada Admin': 'admin',
  'Olga Officer': 'officer',
  'Paula Privacy': 'privacy_officer',
  'Otto Operator': 'operator',
  'Aldo Auditor': 'auditor',
} as const;
type Name = keyof typeof PEOPLE;

let stage: SandboxStage;
let first: Awaited<ReturnType<SandboxStage['pass']>>;

beforeAll(async () => {
  stage = await sandboxStage(PEOPLE);
  first = await stage.pass();
}, PATIENCE_MS);
afterAll(() => stage.close());

function viewerOf(name: Name): Viewer {
  const id = `usr_${name.toLowerCase().replaceAll(/\W/g, '')}`;
  return { kind: 'person', id, name, role: PEOPLE[name], orgIds: [stage.orgId] };
}
const world = () => ({ db: stage.database.db });

/** What was planted in the part of the history that was collected. */
function collected<P extends { readonly at: number }>(planted: readonly P[]): P[] {
  return planted.filter((one) => one.at >= stage.since.getTime());
}

/** The name of a person who lives in the division now. */
function someoneOf(division: string): string {
  const { world } = stage.sandbox.state;
  const id = divisionId(world, division);
  const person = world.users
    .list(Date.now())
    .find((user) => user.divisionId === id && user.state === 'active');
  if (person === undefined) throw new Error(`nobody lives in ${division}`);
  return person.name;
}

async function inboxTitles(name: Name): Promise<string[]> {
  return (await viewInbox(viewerOf(name), {}, world())).items.map((item) => item.title);
}

describe('the history of an organisation, found on the first pass', () => {
  test('is kept and listed, and nobody is woken', async () => {
    expect(first.found.length).toBeGreaterThan(50);
    const { items } = await viewAlerts(viewerOf('Olga Officer'), { state: ['open'] }, world());
    expect(items).toEqual([]);
    for (const name of Object.keys(PEOPLE))
      expect(await viewInbox({ ...viewerOf('Ada Admin'), name }, {}, world())).toMatchObject({ items: [] });
    const historic = await viewAlerts(viewerOf('Olga Officer'), { state: ['historic'], limit: 500 }, world());
    expect(historic.items.length).toBeGreaterThan(20);
    const [one] = historic.items;
    expect((await viewAlert(viewerOf('Olga Officer'), { id: one?.id ?? '' }, world())).notSent).toContain(
      'older than a day',
    );
  });

  test('D28: every planted self-move is a critical finding, and no other move is one', () => {
    const found = first.found.filter((finding) => finding.rule === 'self-move');
    expect(found.flatMap((finding) => finding.changeIds).sort()).toEqual(
      collected(stage.sandbox.truth.moves)
        .filter((move) => move.selfMove)
        .map((move) => move.auditId)
        .sort(),
    );
    expect(found.every((finding) => finding.severity === 'critical')).toBe(true);
    const through = collected(stage.sandbox.truth.moves).filter(
      (move) => move.selfMove && move.viaClientId !== null,
    );
    for (const move of through)
      expect(
        found.find((one) => one.changeIds.includes(move.auditId))?.responses.map(({ kind }) => kind),
      ).toContain('disable_client');
  });

  test('X14: who gave themselves a role is found, through an OAuth client of theirs too; privileged roles are critical', () => {
    const found = first.found.filter((finding) => finding.rule === 'self-grant');
    const planted = collected(stage.sandbox.truth.selfGrants);
    expect(planted.length).toBe(3);
    expect(found.flatMap((finding) => finding.changeIds).sort()).toEqual(
      planted.map((one) => one.auditId).sort(),
    );
    for (const grant of planted)
      expect(found.find((one) => one.changeIds.includes(grant.auditId))).toMatchObject({
        severity: grant.privileged ? 'critical' : 'high',
        subject: { type: 'User', id: grant.personId, name: grant.personName },
      });
  });

  test('D16: every planted move from outside the allow-list is found with its address', () => {
    const outside = collected(stage.sandbox.truth.moves).filter((move) => move.outsideAllowList);
    const found = first.found.filter(
      (finding) => finding.rule === 'address-flagged' && finding.severity === 'high',
    );
    expect(found.flatMap((finding) => finding.changeIds).sort()).toEqual(
      outside.map((move) => move.auditId).sort(),
    );
  });
});

describe('a self-move while the product watches', () => {
  let found: readonly Finding[];
  let alerts: readonly string[];
  let tookMs: number;

  beforeAll(async () => {
    stage.sandbox.act('self-move', { actor: 'Bruno Alves', division: 'EMEA Restricted' });
    stage.sandbox.act('move', {
      actor: 'Priya Nair',
      target: someoneOf('EMEA Sales'),
      division: 'US Support',
    });
    stage.sandbox.act('trunk-delete', { actor: 'Marek Kowalczyk' });
    await pause(EDGE_MS + SECOND_MS); // a sync asks up to ten seconds ago; push does not wait
    const began = Date.now();
    ({ found, alerts } = await stage.pass());
    tookMs = Date.now() - began;
  }, PATIENCE_MS);

  const alertOf = async (rule: string) => {
    const { items } = await viewAlerts(viewerOf('Olga Officer'), { state: ['open'], rule: [rule] }, world());
    return viewAlert(viewerOf('Olga Officer'), { id: items[0]?.id ?? '' }, world());
  };

  test('D28, D8, X14: is a critical alert seconds after its arrival', async () => {
    const moves = found.filter((finding) => finding.subject.name === 'Bruno Alves');
    expect(moves.map((finding) => finding.rule)).toEqual(
      expect.arrayContaining(['self-move', 'restricted-move', 'division-move']),
    );
    expect(moves.find((finding) => finding.rule === 'self-move')).toMatchObject({
      severity: 'critical',
      reasons: expect.arrayContaining(['the moved person is the one who acted']),
      sentence: expect.stringMatching(/^Bruno Alves moved themselves .*from .* to EMEA Restricted$/),
    });
    expect(tookMs).toBeLessThan(20_000);
    const alert = await alertOf('self-move');
    expect(alerts).toContain(alert.id);
    expect(alert).toMatchObject({ state: 'open', severity: 'critical', notSent: null });
    expect(alert.rules[0]).toBe('self-move');
    expect(alert.items.map((item) => item.rule)).toEqual(expect.arrayContaining(['division-move']));
    expect(alert.delays.toReceived ?? 0).toBeGreaterThan(0);
    expect(alert.delays.toAlert).toBeGreaterThanOrEqual(alert.delays.toReceived ?? 0);
  });

  test('D19: into a restricted division, the data protection officer is told at once; others only what is theirs', async () => {
    const alert = await alertOf('self-move');
    // Critical: admin and officer. Into a restricted division: the data protection officer, too.
    for (const name of ['Ada Admin', 'Olga Officer', 'Paula Privacy'] as const)
      expect(await inboxTitles(name)).toContain(alert.title);
    for (const name of ['Otto Operator', 'Aldo Auditor'] as const)
      expect(await inboxTitles(name)).toEqual([]);
    const { unread, items } = await viewInbox(viewerOf('Olga Officer'), {}, world());
    expect(unread).toBe(items.length);
    expect(alert.history[0]?.said).toContain('Paula Privacy');
  });

  test('D17: a move across regions is told to the data protection officer as a data boundary cross', async () => {
    const crossed = found.find((finding) => finding.rule === 'boundary-cross');
    expect(crossed?.sentence).toMatch(/^Priya Nair moved .* across a data boundary: EMEA to US$/);
    expect(await inboxTitles('Paula Privacy')).toContain(crossed?.sentence);
  });

  test('D8: the delay from event to alert is measured and shown', async () => {
    const delays = await viewAlertDelays(viewerOf('Olga Officer'), { state: ['open'] }, world());
    expect(delays.alerts).toBe(delays.byState.open);
    expect(delays.eventToAlert.p50).toBeGreaterThan(0);
    expect(delays.eventToAlert.p95).toBeLessThan(120_000);
  });

  test('R22: a critical act in the midst of others’ acts has an alert of its own', async () => {
    const trunk = found.find((finding) => finding.rule === 'high-risk-ad-hoc');
    expect(trunk?.sentence).toContain('Trunk');
    expect(alerts.length).toBeGreaterThan(1);
    expect(await inboxTitles('Olga Officer')).toContain(trunk?.sentence);
  });

  test('found again, it is the same finding and nobody is told twice', async () => {
    const before = await inboxTitles('Olga Officer');
    await stage.database.db.sql.query(
      `insert into change_due (consumer, org_id, hour) select 'detections', org_id, date_trunc('hour', now(), 'UTC') from org`,
    );
    const again = await stage.pass();
    expect(again.found.filter((finding) => finding.subject.name === 'Bruno Alves')).toEqual([]);
    expect(await inboxTitles('Olga Officer')).toEqual(before);
  });
});

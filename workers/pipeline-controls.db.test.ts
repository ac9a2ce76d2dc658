import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import type { ControlsRun } from '@/lib/controls/run-controls';
import { viewControl } from '@/lib/controls/views/control-detail';
import { viewControlHistory } from '@/lib/controls/views/control-history';
import { viewControlEvidence, viewControlRuns } from '@/lib/controls/views/control-runs';
import { viewControls } from '@/lib/controls/views/controls';
import { ruleTitle } from '@/lib/detections/catalogue';
import { addMs, DAY_MS, floorToDay, HOUR_MS } from '@/lib/kernel/instant';
import { type PipelineStage, pipelineStage } from './fixtures/pipeline-stage';
import { judgeOrganization, passOver } from './pipeline';
import { controlTargets, dueRun, runControlsOf } from './pipeline-controls';

let stage: PipelineStage;
let first: ControlsRun;
let orgId: string;

const viewer = (role: Viewer['role'], orgIds: readonly string[] = [orgId]): Viewer => ({
  kind: 'person',
  id: `usr_${role}`,
  name: role,
  role,
  orgIds,
});
const of = (run: ControlsRun, id: string) => {
  const found = run.results.find((one) => one.controlId === id);
  if (found === undefined) throw new Error(`no result of ${id}`);
  return found;
};
async function run(): Promise<ControlsRun> {
  const done = await runControlsOf(
    stage.product,
    { orgId, connection: await stage.reach() },
    { kind: 'asked', by: 'Olga' },
  );
  if (done === null) throw new Error('done elsewhere');
  return done;
}

beforeAll(async () => {
  stage = await pipelineStage();
  const connection = await stage.reach();
  orgId = connection.orgId;
  await passOver(stage.product, connection, { ask: { kind: 'sync' }, snapshot: true });
  first = await run();
}, 300_000);
afterAll(() => stage.close());

describe('controls after a whole pass over the sandbox', () => {
  test('I7, I24: the log control names the earliest kept record, and what was read', () => {
    const result = of(first, 'event-logging');
    expect([result.outcome, result.sentence]).toEqual(['pass', result.sentence]);
    const earliest = result.observations.find((one) => one.actual.startsWith('of '));
    expect(earliest?.actual).toMatch(/^of \d{4}-\d\d-\d\dT/);
  });

  test('I13: the privileged-access control keeps who granted which privileged role to whom, and nothing else', async () => {
    const { rows } = of(first, 'privileged-access');
    expect(rows.length).toBeGreaterThan(0);
    const told = await stage.rows<{ id: string }>(
      `select id from change where entity_type = 'Role' and action in ('MemberAdd', 'MemberUpdate', 'MemberRemove')`,
    );
    expect(rows.length).toBeLessThan(told.length);
    for (const row of rows) {
      expect(row.role).toMatch(/Admin|Administrator|Deployer|Responder|Synchronisation/);
      // Nobody is named only where the record itself names nobody: what the platform did by itself.
      if (row.by === null) {
        const [change] = await stage.rows<{ kind: string }>(
          'select actor_kind as kind from change where id = $1',
          [row.changeId],
        );
        expect(['platform', 'unknown']).toContain(change?.kind);
      }
      expect([row.changeId, row.subject]).toEqual([row.changeId, expect.stringMatching(/./)]);
    }
    const planted = stage.sandbox.truth.selfGrants?.filter((one) => one.privileged) ?? [];
    for (const one of planted) expect(rows.some((row) => row.changeId === one.auditId)).toBe(true);
  });

  test('segregation, change management, boundaries and reviews are told from what was collected', () => {
    expect(of(first, 'access-segregation')).toMatchObject({ outcome: 'fail' });
    expect(of(first, 'change-management').outcome).toBe('fail');
    expect(of(first, 'change-management').sentence).toMatch(
      /^Unlinked change rate is [\d.]+% \(\d+ of \d+\)/,
    );
    for (const id of ['data-boundary', 'review-timeliness', 'evidence-handling', 'oauth-clients'])
      expect(['pass', 'fail']).toContain(of(first, id).outcome);
    // Nothing hands in a reconciliation here: said, and never a pass.
    expect(of(first, 'role-drift')).toMatchObject({ outcome: 'not_evaluated' });
    expect(of(first, 'user-registration')).toMatchObject({ outcome: 'not_evaluated' });
  });

  test('X7: every control that could not look says why, and none of them is counted as a pass', async () => {
    const list = await viewControls(viewer('officer'), {}, { db: stage.product.db });
    const dark = list.items.filter((one) => one.outcome === 'not_evaluated');
    expect(dark.length).toBe(list.counts.not_evaluated);
    for (const one of dark) expect(one.because).toBeTruthy();
    expect(list.counts).toEqual(first.run.counts);
    const failing = await viewControls(viewer('officer'), { outcome: ['fail'] }, { db: stage.product.db });
    expect(failing.items).toHaveLength(list.counts.fail);
  });

  test('I2, I27: the detail names address, permission and raw answer of each input; raw answers are not for everybody', async () => {
    const world = { db: stage.product.db };
    const detail = await viewControl(viewer('auditor'), { id: 'data-actions' }, world);
    expect(detail.inputs[0]).toMatchObject({
      endpoint: 'GET /api/v2/integrations/actions?pageSize=100&includeConfig=true',
      permission: 'integrations:action:view',
    });
    const [evidence] = detail.result?.evidence ?? [];
    expect(evidence).toMatchObject({ state: 'answered', httpStatus: 200, expectedTotal: 3, readTotal: 3 });
    const raw = await viewControlEvidence(viewer('auditor'), { id: evidence?.id ?? '' }, world);
    expect(raw.bytes).toContain('Legacy loyalty points');
    await expect(
      viewControlEvidence(viewer('operator'), { id: evidence?.id ?? '' }, world),
    ).rejects.toMatchObject({
      code: 'forbidden',
    });
    const elsewhere = viewer('auditor', ['00000000-0000-4000-8000-000000000000']);
    await expect(viewControlEvidence(elsewhere, { id: evidence?.id ?? '' }, world)).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(viewControl(viewer('auditor'), { id: 'no-such' }, world)).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('I10: a run is due, is done, and a missed one is seen; I26: days without a run are not evaluated', async () => {
    const world = { db: stage.product.db };
    const connectedAt = addMs(floorToDay(new Date()), -5 * DAY_MS);
    await stage.database.owner.query('update org set connected_at = $1', [connectedAt]);
    const now = addMs(floorToDay(new Date()), 3 * DAY_MS + 3 * HOUR_MS);
    expect(await dueRun(stage.product, { orgId, connectedAt, now })).not.toBeNull();
    const [target] = await controlTargets(stage.product);
    expect(target?.connection?.orgId).toBe(orgId);
    const list = await viewControls(viewer('officer'), {}, { ...world, now });
    expect(list.schedules[0]?.missedTotal).toBeGreaterThan(3);
    expect(list.schedules[0]?.lastRun?.id).toBe(first.run.id);
    // Three days later the last result says nothing about now.
    expect(list.counts).toMatchObject({ pass: 0, fail: 0 });
    expect(list.items[0]?.because).toMatch(/^no run: it was last looked at/);
    const history = await viewControlHistory(viewer('officer'), { id: 'data-actions' }, { ...world, now });
    expect(history.days.at(-1)).toMatchObject({ outcome: 'not_evaluated' });
    expect(history.days.some((day) => day.outcome === 'fail')).toBe(true);
    expect(history.changes).toHaveLength(1);
    const runs = await viewControlRuns(viewer('operator'), { limit: 1 }, world);
    expect(runs.items).toHaveLength(1);
  });

  test('what fails is a finding like any other: it is routed, and its rule has a name', async () => {
    await judgeOrganization(stage.product, await stage.reach());
    const found = await stage.rows<{ key: string; alert: string | null }>(
      `select key, alert_id as alert from finding where rule = 'trunk-encryption'`,
    );
    expect(found).toHaveLength(2);
    expect(ruleTitle('trunk-encryption')).toBe('Calls are encrypted on trunks');
  });

  test('I22: a page that was altered in the vault is found', async () => {
    const { vault } = stage.product;
    const altered: typeof vault = {
      ...vault,
      putOnce: (key, bytes) => vault.putOnce(key, bytes),
      list: (prefix) => vault.list(prefix),
      get: async (key) => {
        const bytes = Buffer.from(await vault.get(key));
        bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
        return bytes;
      },
    };
    const product = { ...stage.product, vault: altered };
    const done = await runControlsOf(product, { orgId, connection: null }, { kind: 'asked', by: null });
    expect(done?.results.find((one) => one.controlId === 'evidence-handling')?.sentence).toMatch(
      /kept pages differ or are missing/,
    );
  });
});

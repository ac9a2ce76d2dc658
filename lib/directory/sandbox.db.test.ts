import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { NO_FAULTS } from '@/e2e/sandbox/options';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { addMs, DAY_MS, floorToDay, HOUR_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { organisationAsOf } from './find-as-of';
import { genesysAsk, genesysReader } from './genesys-reader';
import type { SnapshotRun } from './model/snapshot-run';
import { namesAt } from './names-at';
import { takeSnapshot } from './take-snapshot';

const ANCHOR = addMs(floorToDay(new Date()), -3 * DAY_MS);
/** Nights on which a snapshot is taken, days before the anchor. */
const NIGHTS = [60, 42, 41, 40, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 21, 20, 19, 16, 15, 14, 1];
const night = (daysAgo: number) => addMs(ANCHOR, -daysAgo * DAY_MS + 2 * HOUR_MS);

let test: TestDatabase;
let sandbox: RunningSandbox;
let client: GenesysClient;
let orgId: string;
const runs = new Map<number, readonly SnapshotRun[]>();

async function setClock(at: Date | null) {
  const answer = await fetch(`${sandbox.url}/__sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at }),
  });
  expect(answer.status).toBe(200);
}

async function snapshotAt(at: Date, kinds?: readonly DirectoryKind[], org = orgId) {
  // What is hired while a list is read is hired now: only an unpinned clock shows it.
  await setClock(sandbox.state.faults.totalChangesWhilePaging > 0 ? null : at);
  const reader = genesysReader(client);
  const result = await takeSnapshot(test.db, {
    orgId: org,
    reader,
    now: () => at,
    ...(kinds ? { kinds } : {}),
  });
  return result.runs;
}

beforeAll(async () => {
  test = await testDatabase();
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true });
  orgId = sandbox.truth.orgId;
  const { id: clientId, secret: clientSecret } = CLIENTS.collector;
  client = connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId,
    clientSecret,
    clock: hurriedClock(),
  });
  for (const daysAgo of NIGHTS) runs.set(daysAgo, await snapshotAt(night(daysAgo)));
}, 300_000);
afterAll(async () => {
  await sandbox?.close();
  await test?.drop();
});
afterEach(() => void sandbox.faults(NO_FAULTS));

describe('nightly snapshots over real HTTP', () => {
  it('I21, I22, R24: every kind is read completely, every night', () => {
    const incomplete = [...runs].flatMap(([daysAgo, list]) =>
      list
        .filter((run) => run.outcome !== 'complete')
        .map((run) => [daysAgo, run.kind, run.outcome, run.because]),
    );
    expect(incomplete).toEqual([]);
    for (const run of runs.get(1) ?? []) expect(run.presentAfter, run.kind).toBeGreaterThan(0);
  });

  it('X5, D22-D24, R25: each rename and deletion of the planted truth shows the name of the moment', async () => {
    const changes = sandbox.truth.nameChanges;
    expect(changes.length).toBeGreaterThan(4);
    for (const change of changes) {
      const ref = { id: change.id, kind: change.kind };
      const nightAfter = NIGHTS.map(night)
        .filter((at) => at.getTime() > change.at)
        .sort((a, b) => a.getTime() - b.getTime())[0];
      if (!nightAfter) throw new Error('no snapshot after the change');
      const [before, after] = await namesAt(test.db.sql, orgId, [
        { ...ref, at: addMs(new Date(change.at), -HOUR_MS) },
        { ...ref, at: addMs(nightAfter, HOUR_MS) },
      ]);
      expect([before?.name, before?.from], change.from).toEqual([change.from, 'snapshot']);
      expect([after?.name, after?.from], change.from).toEqual(
        change.to === null ? [change.from, 'earlier_snapshot'] : [change.to, 'snapshot'],
      );
    }
  });

  it('R26: what lived between two snapshots is unresolved, never guessed', async () => {
    const refs = sandbox.truth.shortLived.map((one) => ({ id: one.id, at: addMs(ANCHOR, -HOUR_MS) }));
    const names = await namesAt(test.db.sql, orgId, refs);
    const guessed = names.filter(
      (one) => one.name !== null && one.from !== 'snapshot' && one.from !== 'earlier_snapshot',
    );
    expect(guessed).toEqual([]);
  });

  it('D25: counts of any past night are those of the snapshot of that night', async () => {
    for (const daysAgo of [60, 30, 1]) {
      const { kinds } = await organisationAsOf(test.db.sql, orgId, addMs(night(daysAgo), HOUR_MS));
      for (const run of runs.get(daysAgo) ?? []) {
        expect(kinds.find((one) => one.kind === run.kind)?.present, `${daysAgo} ${run.kind}`).toBe(
          run.presentAfter,
        );
      }
    }
  });

  it('nothing written on a night when nothing was different', async () => {
    const again = await snapshotAt(addMs(night(1), 1));
    expect(again.filter((run) => run.added + run.changed + run.removed > 0)).toEqual([]);
  });

  it('no secret of a client or data action is anywhere in the directory', async () => {
    const rows = await test.db.sql.query<{ body: string }>(
      `select body from directory_version where body ilike '%secret":%' or body ilike '%"password":%'`,
    );
    expect(rows).toEqual([]);
  });

  it('D7: one division is looked up by its id; an unknown one is no error', async () => {
    const ask = genesysAsk(client);
    const renamed = sandbox.truth.nameChanges.find((change) => change.to === 'Customer Care');
    expect(await ask('division', renamed?.id ?? '')).toMatchObject({ name: 'Customer Care' });
    expect(await ask('division', 'd0000000-0000-4000-8000-0000000000ff')).toBeNull();
  });
});

describe('when reading is disturbed', () => {
  const OTHER = 'e0000000-0000-4000-8000-000000000001';

  it('I25: a person hired while the list is paged: read again, complete, nobody twice', async () => {
    sandbox.faults({ totalChangesWhilePaging: 1 });
    const [run] = await snapshotAt(addMs(ANCHOR, -HOUR_MS), ['user'], OTHER);
    expect(run).toMatchObject({ outcome: 'complete' });
    expect(run?.added).toBeGreaterThan(0);
    const rows = await test.db.sql.query(
      `select entity_id from directory_version where org_id = $1 and kind = 'user' group by 1 having count(*) > 1`,
      [OTHER],
    );
    expect(rows).toEqual([]);
  });

  it('I25: a list that keeps moving is partial and closes nothing', async () => {
    sandbox.faults({ totalChangesWhilePaging: 1_000 });
    const [run] = await snapshotAt(addMs(ANCHOR, -HOUR_MS / 2), ['user'], OTHER);
    expect(run).toMatchObject({ outcome: 'partial', removed: 0, attempts: 3 });
    expect(run?.because).toMatch(/moved|read/);
  });

  it('a missing permission is not evaluated, by name, and closes nothing', async () => {
    sandbox.faults({ missingPermissionForSnapshot: ['routing:queue:view'] });
    const [run] = await snapshotAt(addMs(ANCHOR, -HOUR_MS / 2), ['queue']);
    expect(run).toMatchObject({ outcome: 'not_evaluated', removed: 0 });
    expect(run?.because).toContain('routing:queue:view');
    expect(run?.presentAfter).toBeGreaterThan(0);
  });

  it('I21: rate limits, cut connections and expired tokens lose nothing', async () => {
    sandbox.faults({
      rateLimitEveryN: 7,
      resetConnectionEveryN: 11,
      expireTokenAfterRequests: 9,
      serverErrorEveryN: 13,
    });
    const disturbed = await snapshotAt(addMs(ANCHOR, -HOUR_MS / 4));
    expect(
      disturbed.filter((run) => run.outcome !== 'complete').map((run) => [run.kind, run.because]),
    ).toEqual([]);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import { userId } from '@/e2e/sandbox/world/build';
import { agentName } from '@/e2e/sandbox/world/cast';
import { policySchema } from '@/lib/auth/settings/policy';
import { operatorViewer, type Viewer } from '@/lib/auth/viewer';
import { genesysAudits } from '@/lib/changes/collect/audit-source';
import { collectAudits } from '@/lib/changes/collect/collect-audits';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { applyPolicy } from '@/lib/directory/apply-policy';
import { genesysReader } from '@/lib/directory/genesys-reader';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, floorToDay, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import { findUnauditedMoves } from './find-unaudited-moves';
import { movesOf } from './moves-of';
import { rebuildMoves } from './rebuild-moves';
import { recordMoves } from './record-moves';
import { viewMoves } from './views/list-moves';
import { viewMove } from './views/move-detail';

const ANCHOR = addMs(floorToDay(new Date()), -2 * DAY_MS);
const NIGHTS = Array.from({ length: 31 }, (_, index) => 91 - index * 3);
const KINDS = ['user', 'division', 'role', 'grant', 'queue', 'flow', 'oauth_client'] as const;
const POLICY = {
  ipAllowList: ['198.51.100.0/24', '203.0.113.0/24', '10.0.0.0/8'],
  moveReview: { days: 14, applies: 'cross_division' },
} as const;
const NOW = new Date();

let database: TestDatabase;
let sandbox: RunningSandbox;
let client: GenesysClient;
let orgId: string;
let viewer: Viewer;

async function snapshotAt(at: Date, kinds: readonly (typeof KINDS)[number][]) {
  await fetch(`${sandbox.url}/__sandbox/clock`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ at }),
  });
  await takeSnapshot(database.db, { orgId, reader: genesysReader(client), now: () => at, kinds });
}

async function stored() {
  return database.db.sql.query<Record<string, unknown> & { id: string }>(
    'select * from division_move order by id',
  );
}

beforeAll(async () => {
  database = await testDatabase();
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true });
  orgId = sandbox.truth.orgId;
  viewer = operatorViewer([orgId]);
  const { id: clientId, secret: clientSecret } = CLIENTS.collector;
  client = connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId,
    clientSecret,
    clock: hurriedClock(),
  });
  for (const days of NIGHTS)
    await snapshotAt(
      addMs(ANCHOR, -days * DAY_MS),
      days === 91 || days === 1 ? KINDS : ['user', 'division', 'queue', 'flow'],
    );
  await database.db.transaction((sql) =>
    applyPolicy(sql, {
      orgId,
      policy: {
        divisions: (policySchema.parse(sandbox.policy).divisions ?? []).map((one) => ({
          chosenBy: 'id' as const,
          division: one.id ?? '',
          region: one.region ?? null,
          sensitivity: one.sensitivity ?? 'normal',
          rank: one.rank ?? null,
        })),
      },
      actor: SYSTEM_ACTOR,
      now: addMs(ANCHOR, -100 * DAY_MS),
    }),
  );
  const deps = { db: database.db, vault: memoryVault(), source: genesysAudits(client) };
  const done = await collectAudits(deps, { kind: 'backfill', since: addMs(ANCHOR, -92 * DAY_MS), orgId });
  expect(done.state).toBe('done');
  await recordMoves(database.db, { orgId, policy: POLICY, now: NOW });
}, 900_000);

afterAll(async () => {
  await sandbox?.close();
  await database?.drop();
});

describe('the planted history, read through the real SDK', () => {
  test('D1, D2, D4: exactly the planted moves are recognised, of users, queues, flows and the edge group', async () => {
    const planted = sandbox.truth.moves;
    expect(planted.length).toBeGreaterThan(45);
    const rows = await stored();
    expect(rows.map((row) => row.change_id).sort()).toEqual(planted.map((move) => move.auditId).sort());
    expect(sandbox.truth.notMoves.length).toBeGreaterThan(2);
    expect(new Set(rows.map((row) => row.target_type))).toEqual(
      new Set(['User', 'Queue', 'Flow', 'EdgeGroup']),
    );
  });

  test('D5, D23, D24: both divisions and the object bear the names of that moment, also where renamed or deleted since', async () => {
    const rows = new Map((await stored()).map((row) => [row.change_id, row]));
    const wrong = sandbox.truth.moves.flatMap((move) => {
      const row = rows.get(move.auditId);
      const told = [row?.from_id, row?.from_name, row?.to_id, row?.to_name, row?.target_id, row?.target_name];
      const truth = [
        move.fromDivisionId,
        move.fromName,
        move.toDivisionId,
        move.toName,
        move.targetId,
        move.targetName,
      ];
      return JSON.stringify(told) === JSON.stringify(truth) ? [] : [{ told, truth }];
    });
    expect(wrong).toEqual([]);
  });

  test('D6, D16: the administrator and the address are those of the record', async () => {
    const rows = new Map((await stored()).map((row) => [row.change_id, row]));
    for (const move of sandbox.truth.moves) {
      expect(rows.get(move.auditId)?.actor_id).toBe(move.actorId);
      expect(rows.get(move.auditId)?.client_ip).toBe(move.clientIp);
    }
    const unnamed = [...rows.values()].filter((row) => row.actor_name === null);
    expect(unnamed.map((row) => row.actor_kind)).toEqual(unnamed.map(() => 'external'));
  });

  test('D28: the planted self-moves are recognised and nothing else is one', async () => {
    const selfMoves = (await stored()).filter((row) => row.self_move_by !== null);
    expect(selfMoves.map((row) => row.change_id).sort()).toEqual([...sandbox.truth.selfMoves].sort());
    const { items } = await viewMoves(viewer, { self: 'true' }, { db: database.db, now: NOW });
    // Home bears no rank: where somebody came from there, the direction is not evaluated, which is not `down`.
    expect(
      items.map((item) => [item.sourceDivisionName === 'Home', item.direction === 'not_evaluated']),
    ).toEqual(items.map((item) => [item.sourceDivisionName === 'Home', item.sourceDivisionName === 'Home']));
    expect(items.every((item) => item.risk === 'critical')).toBe(true);
  });

  test('D17, D19: boundaries and restricted divisions are as the tags say, and unknown where there is none', async () => {
    const region = (name: string) =>
      name.startsWith('EMEA')
        ? 'EMEA'
        : name.startsWith('US') || ['Customer Care', 'Legacy Care'].includes(name)
          ? 'US'
          : null;
    const rows = new Map((await stored()).map((row) => [row.change_id, row]));
    for (const move of sandbox.truth.moves) {
      const [from, to] = [region(move.fromName), region(move.toName)];
      const row = rows.get(move.auditId);
      expect(row?.boundary_cross, `${move.fromName} to ${move.toName}`).toBe(
        from === null || to === null ? null : from !== to,
      );
      expect(row?.restricted, move.toName).toBe(
        to === null ? null : ['EMEA Restricted', 'US High Security'].includes(move.toName),
      );
    }
  });

  test('D16: every address that the planted truth has outside the list is flagged, and no other', async () => {
    const { items } = await viewMoves(
      viewer,
      { address: ['outside_allow_list'], limit: 500 },
      { db: database.db, now: NOW },
    );
    const outside = sandbox.truth.moves.filter((move) => move.outsideAllowList);
    expect(items.map((item) => item.changeId).sort()).toEqual(outside.map((move) => move.auditId).sort());
  });

  test('D16: the self-mover from an address outside the list and never seen before is flagged with both reasons', async () => {
    const { items } = await viewMoves(
      viewer,
      { address: ['outside_allow_list'] },
      { db: database.db, now: NOW },
    );
    const luis = items.find((item) => item.clientIp === '192.0.2.201');
    expect(luis?.addressFlags).toEqual([
      { flag: 'outside_allow_list', because: '192.0.2.201 is outside the allow-list' },
      { flag: 'new_for_person', because: 'the person was never seen to come from 192.0.2.201 before' },
    ]);
  });

  test('D31, D32: the detail names who gains and loses access, and what the roles there allow', async () => {
    const upwards = sandbox.truth.moves.find((move) => move.selfMove && move.toName === 'EMEA Restricted');
    const detail = await viewMove(viewer, { id: `mov_${upwards?.auditId}` }, { db: database.db, now: NOW });
    expect(detail.effect.notEvaluated).toBeNull();
    expect(detail.effect.opens?.sentence).toContain('EMEA Restricted');
    expect(detail.effect.closes?.sentence).toContain('Home');
    expect(detail.session).toBeNull();
    expect(detail.delays.toReceived).toBeGreaterThan(0);
  });

  test('made again from what is kept, the same rows; and running again writes nothing', async () => {
    const before = await stored();
    expect(await recordMoves(database.db, { orgId, policy: POLICY, now: NOW })).toEqual({
      hours: 0,
      recorded: 0,
    });
    await rebuildMoves(database.db, { orgId, policy: POLICY, now: NOW });
    const after = await stored();
    expect(after.filter((row) => row.change_id !== null)).toEqual(before);
  });
});

describe('moves that no record tells', () => {
  const unaudited = async () =>
    (await viewMoves(viewer, { source: ['snapshot_diff'] }, { db: database.db, now: NOW })).items;

  test('exactly the planted ones are found, between the two snapshots that show them', async () => {
    await findUnauditedMoves(database.db, { orgId, policy: POLICY, now: NOW });
    const found = await unaudited();
    const planted = sandbox.truth.unauditedMoves;
    expect(planted.length).toBeGreaterThan(2);
    const told = (move: { id: string; from: string | null; to: string | null }) => [
      move.id,
      move.from,
      move.to,
    ];
    expect(
      found
        .map((one) =>
          told({ id: one.targetResource.id, from: one.sourceDivisionName, to: one.targetDivisionName }),
        )
        .sort(),
    ).toEqual(planted.map((one) => told({ id: one.targetId, from: one.fromName, to: one.toName })).sort());
    for (const one of found) {
      const truth = planted.find((move) => move.targetId === one.targetResource.id);
      expect(Date.parse(one.within?.from ?? '')).toBeLessThanOrEqual(truth?.at ?? 0);
      expect(Date.parse(one.within?.to ?? '')).toBeGreaterThan(truth?.at ?? 0);
    }
  });

  test('a user whom two snapshots show in different divisions moved between them, by nobody known', async () => {
    const before = new Set((await unaudited()).map((one) => one.id));
    const { world } = sandbox.state;
    const id = userId(world, agentName(60));
    const at = addMs(ANCHOR, 2 * HOUR_MS);
    const user = world.users.get(id, at.getTime());
    const to = sandbox.truth.moves.find((move) => move.toName === 'US High Security')?.toDivisionId ?? '';
    await snapshotAt(addMs(ANCHOR, HOUR_MS), ['user']);
    world.users.patch(id, at.getTime(), { divisionId: to });
    await snapshotAt(addMs(ANCHOR, 3 * HOUR_MS), ['user']);
    const asked = { orgId, policy: POLICY };
    const young = await findUnauditedMoves(database.db, { ...asked, now: addMs(ANCHOR, 3.5 * HOUR_MS) });
    expect(young.found).toBe(0);
    expect(await findUnauditedMoves(database.db, { ...asked, now: NOW })).toMatchObject({ found: 1 });
    const items = (await unaudited()).filter((one) => !before.has(one.id));
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      changeId: null,
      adminUser: null,
      actor: { kind: 'unknown', id: null },
      targetResource: { type: 'User', id, name: user?.name },
      targetDivisionName: 'US High Security',
      within: { from: toIso(addMs(ANCHOR, HOUR_MS)), to: toIso(addMs(ANCHOR, 3 * HOUR_MS)) },
      restricted: true,
      risk: 'high',
      linkage: 'unlinked',
      why: null,
    });
    expect(items[0]?.sentence).toContain('no audit record says by whom');
    const hour = addMs(ANCHOR, 3 * HOUR_MS);
    const due = await database.db.sql.query(
      `select from change_due where consumer = 'detections' and org_id = $1 and hour = $2`,
      [orgId, hour],
    );
    expect(due.length).toBeGreaterThan(0);
    expect((await movesOf(database.db.sql, { orgId, hours: [hour] })).map((move) => move.id)).toEqual([
      items[0]?.id,
    ]);
    expect(await findUnauditedMoves(database.db, { ...asked, now: NOW })).toMatchObject({ snapshots: 0 });
  });
});

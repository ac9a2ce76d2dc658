import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { applyPolicy } from './apply-policy';
import { policyDivisionsSchema } from './contract';
import { divisionTagsAt, privilegedRolesAt } from './policy-at';
import { takeSnapshot } from './take-snapshot';
import { viewDirectory } from './views/directory';
import { viewEntity } from './views/entity';
import { viewKind } from './views/kind';
import { viewSnapshot, viewSnapshots } from './views/snapshots';

const ORG = 'a0000000-0000-4000-8000-000000000001';
const OTHER = 'a0000000-0000-4000-8000-000000000002';
const DAY_1 = new Date('2026-10-01T02:00:00Z');
const day = (n: number) => addMs(DAY_1, (n - 1) * DAY_MS);
const viewer: Viewer = { kind: 'person', id: 'usr_1', name: 'Ada Auditor', role: 'auditor', orgIds: [ORG] };
const stranger: Viewer = { ...viewer, id: 'usr_2', orgIds: [OTHER] };

let test: TestDatabase;
const world = () => ({ db: test.db, now: day(30) });

async function snapshot(
  orgId: string,
  n: number,
  kind: DirectoryKind,
  items: readonly Record<string, unknown>[],
) {
  const total = items.length;
  const counts = { totalBefore: total, totalAfter: total, readCount: total, duplicates: 0, pages: 1 };
  await takeSnapshot(test.db, {
    orgId,
    kinds: [kind],
    now: () => day(n),
    reader: async () => ({ items, startedAt: day(n), finishedAt: day(n), outcome: 'complete', ...counts }),
  });
}

const user = (n: number, name: string, division: string) => ({
  id: `u${n}`,
  name,
  state: 'active',
  division: { id: division },
});
const admin = {
  id: 'r1',
  name: 'Admin',
  permissionPolicies: [{ domain: 'authorization', entityName: 'grant', actionSet: ['add'] }],
};

beforeAll(async () => {
  test = await testDatabase();
  await snapshot(ORG, 1, 'division', [
    { id: 'd1', name: 'US' },
    { id: 'd2', name: 'EMEA' },
  ]);
  await snapshot(ORG, 1, 'user', [
    user(1, 'Ravi Agent', 'd1'),
    user(2, '=1+1 "100%_"', 'd1'),
    user(3, 'שרה', 'd2'),
  ]);
  await snapshot(ORG, 1, 'role', [admin, { id: 'r2', name: 'Agent', permissionPolicies: [] }]);
  await snapshot(
    ORG,
    1,
    'grant',
    [1, 2, 3].map((n) => ({ subjectId: `u${n}`, subjectType: 'PC_USER', roleId: 'r1', divisionId: '*' })),
  );
  await snapshot(ORG, 10, 'division', [
    { id: 'd1', name: 'North America' },
    { id: 'd2', name: 'EMEA' },
  ]);
  await snapshot(ORG, 10, 'user', [user(1, 'Ravi Renamed', 'd2'), user(3, 'שרה', 'd2')]);
  await snapshot(OTHER, 1, 'division', [{ id: 'd1', name: 'Theirs' }]);
});
afterAll(() => test.drop());

describe('state at an instant', () => {
  it('X5: an entity opens as it was: name, division, and how each is known', async () => {
    const then = await viewEntity(viewer, { kind: 'user', id: 'u1', at: '2026-10-05T00:00:00Z' }, world());
    expect(then).toMatchObject({
      state: 'present',
      name: { name: 'Ravi Agent', from: 'snapshot' },
      division: { name: 'US' },
    });
    expect(then.knownFrom?.words).toBe('known from snapshot of 2026-10-01T02:00:00Z');
    const now = await viewEntity(viewer, { kind: 'user', id: 'u1' }, world());
    expect(now).toMatchObject({ name: { name: 'Ravi Renamed' }, division: { name: 'EMEA' } });
    expect(now.versions.map((v) => [v.name, v.validTo, v.inForce, v.differs])).toEqual([
      ['Ravi Renamed', null, true, ['division', 'name']],
      ['Ravi Agent', '2026-10-10T02:00:00Z', false, []],
    ]);
    const early = await viewEntity(viewer, { kind: 'user', id: 'u1', at: '2026-09-01T00:00:00Z' }, world());
    expect(early).toMatchObject({
      state: 'unknown',
      name: { name: null, from: 'unresolved' },
      knownFrom: null,
      item: null,
    });
  });

  it('X5, D24: a deleted one opens too, with its last name', async () => {
    const gone = await viewEntity(viewer, { kind: 'user', id: 'u2' }, world());
    expect(gone).toMatchObject({
      state: 'deleted',
      name: { name: '=1+1 "100%_"', from: 'earlier_snapshot' },
    });
    expect(gone.knownFrom?.words).toBe('gone by snapshot of 2026-10-10T02:00:00Z');
  });

  it('D25: members of a division and holders of a role, paged', async () => {
    const then = await viewEntity(
      viewer,
      { kind: 'division', id: 'd1', at: '2026-10-05T00:00:00Z' },
      world(),
    );
    expect(then.members).toMatchObject({ total: 2, counts: { user: 2 } });
    const at = '2026-10-05T00:00:00Z';
    const only = (members: DirectoryKind) =>
      viewEntity(viewer, { kind: 'division', id: 'd1', at, members }, world());
    expect((await only('user')).members?.items.map((one) => one.id)).toEqual(['u1', 'u2']);
    expect((await only('queue')).members?.items).toEqual([]);
    expect((await viewEntity(viewer, { kind: 'division', id: 'd1' }, world())).members).toMatchObject({
      total: 0,
      items: [],
    });
    const role = { kind: 'role', id: 'r1', limit: 2 } as const;
    const first = await viewEntity(viewer, role, world());
    const second = await viewEntity(viewer, { ...role, cursor: first.members?.nextCursor ?? '' }, world());
    const holders = [...(first.members?.items ?? []), ...(second.members?.items ?? [])];
    expect(holders.map((one) => [one.memberId, one.memberName, one.divisionName])).toEqual([
      ['u1', 'Ravi Renamed', 'all divisions'],
      ['u2', '=1+1 "100%_"', 'all divisions'],
      ['u3', 'שרה', 'all divisions'],
    ]);
    expect(second.members?.nextCursor).toBeNull();
  });

  it('the organisation: counts, divisions with names of the moment, snapshots; never read is not zero', async () => {
    const then = await viewDirectory(viewer, { at: '2026-10-05T00:00:00Z' }, world());
    const kind = (name: string) => then.kinds.find((one) => one.kind === name);
    expect(kind('user')).toMatchObject({ present: 3, snapshot: { outcome: 'complete' } });
    expect(kind('queue')).toEqual({ kind: 'queue', present: null, snapshot: null });
    expect(then.divisions.map((one) => [one.name.name, one.members])).toEqual([
      ['US', { user: 2 }],
      ['EMEA', { user: 1 }],
    ]);
    expect(then.snapshots[0]).toMatchObject({ takenAt: '2026-10-10T02:00:00Z' });
  });

  it('snapshots are listed newest first, page by page', async () => {
    const first = await viewSnapshots(viewer, { limit: 4 }, world());
    const second = await viewSnapshots(viewer, { limit: 4, cursor: first.nextCursor ?? '' }, world());
    const all = [...first.items, ...second.items];
    expect(new Set(all.map((run) => run.id)).size).toBe(6);
    expect(second.nextCursor).toBeNull();
    expect(all.map((run) => run.takenAt)).toEqual(
      all
        .map((run) => run.takenAt)
        .sort()
        .reverse(),
    );
  });

  it('a figure of a snapshot opens exactly what it counts', async () => {
    const { items } = await viewSnapshots(viewer, { kind: 'user' }, world());
    expect(items[0]).toMatchObject({ added: 0, changed: 1, removed: 1 });
    const id = items[0]?.id ?? '';
    const open = async (verdict?: 'added' | 'changed' | 'removed') =>
      (await viewSnapshot(viewer, { id, verdict }, world())).items.map((one) => [one.id, one.verdict]);
    expect(await open('changed')).toEqual([['u1', 'changed']]);
    expect(await open('removed')).toEqual([['u2', 'removed']]);
    expect(await open()).toHaveLength(2);
    await expect(viewSnapshot(stranger, { id }, world())).rejects.toMatchObject({ code: 'not_found' });
  });

  it('search finds names once held, odd ones literally, and ids', async () => {
    const search = async (q: string) =>
      (await viewKind(viewer, { kind: 'user', q }, world())).items.map((one) => one.id);
    expect(await search('ravi agent')).toEqual(['u1']);
    expect(await search('100%_')).toEqual(['u2']);
    expect(await search('%')).toEqual(['u2']);
    expect(await search('שר')).toEqual(['u3']);
    expect(await search('u3')).toEqual(['u3']);
    const pages = await viewKind(viewer, { kind: 'user', limit: 1 }, world());
    expect(pages.items.map((one) => one.id)).toEqual(['u1']);
    expect(
      (await viewKind(viewer, { kind: 'user', limit: 5, cursor: pages.nextCursor ?? '' }, world())).items,
    ).toHaveLength(1);
  });

  it('another organisation is out of sight, also by its id and by search', async () => {
    await expect(viewEntity(stranger, { kind: 'user', id: 'u1' }, world())).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(viewEntity(stranger, { kind: 'user', id: 'u1', org: ORG }, world())).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await viewKind(stranger, { kind: 'user', org: ORG }, world())).items).toEqual([]);
    expect((await viewKind(stranger, { kind: 'user', q: 'ravi', org: ORG }, world())).items).toEqual([]);
    expect((await viewSnapshots(stranger, { org: ORG }, world())).items).toEqual([]);
    expect((await viewEntity(stranger, { kind: 'division', id: 'd1' }, world())).name.name).toBe('Theirs');
  });

  it("an auditor's look is in the journal", async () => {
    const rows = await test.db.sql.query(
      `select object_id from journal where actor_id = 'usr_1' and object_id = 'user/u1'`,
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});

describe('what the organisation says about its divisions', () => {
  const apply = (divisions: unknown, now: Date) =>
    test.db.transaction((sql) =>
      applyPolicy(sql, {
        orgId: ORG,
        policy: { divisions: policyDivisionsSchema.parse(divisions) },
        actor: SYSTEM_ACTOR,
        now,
      }),
    );

  it('X5: tags hold from when they were said, by id or by the name of the moment', async () => {
    const divisions = [
      { name: 'US', region: 'us' },
      { id: 'd2', region: 'eu', sensitivity: 'restricted', rank: 2 },
      { name: 'Nowhere' },
    ];
    expect(await apply(divisions, day(2))).toEqual({ set: 3, withdrawn: 0, unknownDivisions: ['Nowhere'] });
    expect(await apply(divisions, day(3))).toEqual({ set: 0, withdrawn: 0, unknownDivisions: ['Nowhere'] });
    expect(await apply([{ id: 'd2', region: 'eu' }], day(12))).toEqual({
      set: 1,
      withdrawn: 2,
      unknownDivisions: [],
    });
    const at = async (n: number) => Object.fromEntries(await divisionTagsAt(test.db.sql, ORG, day(n)));
    const restricted = { region: 'eu', sensitivity: 'restricted', rank: 2 };
    expect(await at(1)).toEqual({});
    expect(await at(5)).toEqual({ d1: { region: 'us', sensitivity: 'normal', rank: null }, d2: restricted });
    expect(await at(11)).toEqual({ d2: restricted });
    expect(await at(13)).toEqual({ d2: { region: 'eu', sensitivity: 'normal', rank: null } });
    const acts = await test.db.sql.query(`select 1 from journal where action = 'directory_policy.applied'`);
    expect(acts).toHaveLength(2);
  });

  it('a tag needs either an id or a name', () => {
    expect(policyDivisionsSchema.safeParse([{ region: 'eu' }]).success).toBe(false);
    expect(policyDivisionsSchema.safeParse([{ id: 'd1', name: 'x' }]).success).toBe(false);
  });

  it('privileged roles are told by what they may do', async () => {
    expect([...(await privilegedRolesAt(test.db.sql, ORG, day(5)))]).toEqual(['r1']);
  });
});

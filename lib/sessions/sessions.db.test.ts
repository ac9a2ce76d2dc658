import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { applyLinkage } from '@/lib/changes/apply-linkage';
import { eventBridgeEvent } from '@/lib/changes/fixtures/records';
import { viewVolume } from '@/lib/changes/views/change-volume';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { exportChanges } from '@/lib/changes/views/export-changes';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import {
  BEGIN,
  DANA,
  ERIK,
  type GroupingStage,
  groupingStage,
  NOW,
  numbers,
} from './fixtures/grouping-stage';
import { groupChanges } from './group-changes';
import { noteRelated, noteRelatedActs } from './note-related';
import { viewSessions } from './views/list-sessions';
import { viewSession } from './views/session-detail';
import { viewSessionSummary } from './views/session-summary';

let database: TestDatabase;
beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

function viewerOf(orgId: string, more: Partial<Viewer> = {}): Viewer {
  return { kind: 'person', id: 'usr_olga', name: 'Olga Officer', role: 'officer', orgIds: [orgId], ...more };
}
const detail = (stage: GroupingStage, id: string) =>
  viewSession(viewerOf(stage.orgId), { id }, { db: database.db, now: NOW });
const excuse = (stage: GroupingStage, n: number, seconds: number) =>
  applyLinkage(database.db.sql, {
    orgId: stage.orgId,
    verdicts: [
      {
        changeId: stage.change(n),
        eventDate: new Date(BEGIN + seconds * 1_000),
        linkage: 'not_applicable',
        planning: 'not_applicable',
        reason: null,
        decidedAt: NOW,
        excused: true,
      },
    ],
  });

describe('late records', () => {
  test('R23: the twentieth makes a task of nineteen', async () => {
    const stage = groupingStage(database.db);
    expect((await stage.happen(numbers(0, 19).map((n) => stage.record(n, n * 60)))).sessions).toEqual([]);
    const late = await stage.happen([stage.record(19, 19 * 60)]);
    expect(late.sessions).toEqual([stage.session(0)]);
    expect(new Set(Object.values(await stage.sessions()))).toEqual(new Set([stage.session(0)]));
  });

  test('one between two tasks joins them; the later id leads to the earlier', async () => {
    const stage = groupingStage(database.db);
    await stage.happen([
      ...numbers(0, 20).map((n) => stage.record(n, n * 60)),
      ...numbers(30, 50).map((n) => stage.record(n, 1_260 + (n - 30) * 200)),
      ...numbers(60, 80).map((n) => stage.record(n, 1_260 + (n - 60))),
    ]);
    expect((await detail(stage, stage.session(30))).changes).toBe(21);
    await stage.happen([stage.record(90, 1_200)]);
    const joined = await detail(stage, stage.session(30));
    expect(joined).toMatchObject({ id: stage.session(0), changes: 42, formerIds: [stage.session(30)] });
    expect(joined.reconciled).toEqual({ summed: 42, counted: 42 });
    const listed = await viewChanges(
      viewerOf(stage.orgId),
      { session: stage.session(30) },
      { db: database.db },
    );
    expect(listed.items).toHaveLength(42);
  });

  test('one before the first names the task anew, over hours that are not read again', async () => {
    const stage = groupingStage(database.db);
    await stage.happen(numbers(1, 200).map((n) => stage.record(n, n * 60)));
    const before = await detail(stage, stage.session(1));
    await stage.happen([stage.record(0, 30)]);
    const after = await detail(stage, before.id);
    expect(after).toMatchObject({ id: stage.session(0), changes: 200, formerIds: [before.id] });
    await stage.happen([stage.record(500, 0)]);
    expect(await detail(stage, before.id)).toMatchObject({
      id: stage.session(500),
      changes: 201,
      formerIds: [stage.session(0), before.id].sort(),
    });
  });

  test('a change that no longer counts splits a task, and one too short is none', async () => {
    const stage = groupingStage(database.db);
    await stage.happen(numbers(0, 90).map((n) => stage.record(n, n * 60)));
    await excuse(stage, 70, 70 * 60);
    await groupChanges(database.db, { orgId: stage.orgId, now: NOW });
    const sessions = await stage.sessions();
    expect((await detail(stage, stage.session(0))).changes).toBe(70);
    expect([sessions[69], sessions[70], sessions[71]]).toEqual([stage.session(0), null, null]);
    await excuse(stage, 30, 30 * 60);
    await groupChanges(database.db, { orgId: stage.orgId, now: NOW });
    expect((await detail(stage, stage.session(0))).changes).toBe(30);
    expect((await detail(stage, stage.session(31))).changes).toBe(39);
  });
});

describe('what a session holds', () => {
  test('R21, R22: a thousand changes in one minute are one task; a manual one in that minute is by itself', async () => {
    const stage = groupingStage(database.db);
    const loader = 'cccc0000-0000-4000-8000-0000000000c1';
    const by = { user: { id: loader }, client: { id: loader } };
    await stage.happen([
      ...numbers(0, 1_000).map((n) => stage.record(n, n % 60, by)),
      stage.record(5_000, 30, {
        serviceName: 'Telephony',
        action: 'Delete',
        entityType: 'Trunk',
        user: { id: ERIK, name: 'Erik' },
      }),
    ]);
    const range = { from: '2026-03-01T10:00:00Z', to: '2026-03-01T10:01:00Z' };
    const viewer = viewerOf(stage.orgId);
    const list = await viewSessions(viewer, { ...range }, { db: database.db });
    expect(list.items).toHaveLength(1);
    expect(list.items[0]).toMatchObject({ kind: 'bulk', changes: 1_000, surfaced: { count: 0 } });
    expect((await stage.sessions())[5_000]).toBeNull();
    expect(await viewSessionSummary(viewer, range, { db: database.db })).toEqual({
      sessions: 1,
      bulkTasks: 1,
      cascades: 0,
      changesInSessions: 1_000,
      changesAlone: 1,
    });
  });

  test('D27: a cascade inside a burst is one step, stands inside, and is counted once', async () => {
    const stage = groupingStage(database.db);
    const act = { initiatingAction: { transactionId: 'act-1' } };
    await stage.happen([
      ...numbers(0, 19).map((n) => stage.record(n, n * 60)),
      stage.record(100, 19 * 60, { ...act, transactionInitiator: true }),
      ...numbers(101, 140).map((n) => stage.system(n, 19 * 60 + n, act)),
    ]);
    const task = await detail(stage, stage.session(0));
    expect(task).toMatchObject({ kind: 'bulk', changes: 59, accountable: 20, nested: 1 });
    expect(task.nestedSessions[0]).toMatchObject({
      id: stage.session(100),
      changes: 40,
      parentId: task.id,
      kind: 'cascade',
    });
    expect(task.ruleSays).toContain('20 steps');
    const viewer = viewerOf(stage.orgId);
    const world = { db: database.db };
    const count = async (session: string) => (await viewFacets(viewer, { session }, world)).total;
    expect(await count(task.id)).toBe(59);
    expect(await count(stage.session(100))).toBe(40);
    const rows = await viewChanges(viewer, { session: task.id, limit: 500 }, world);
    expect(rows.items.filter((change) => change.sessionId === stage.session(100))).toHaveLength(40);
    expect((await viewSessions(viewer, {}, world)).items.map((one) => one.id)).toEqual([task.id]);
    const volume = await viewVolume(viewer, { session: task.id, to: '2026-03-02T00:00:00Z' }, world);
    expect(volume.points.reduce((sum, one) => sum + one.total, 0)).toBe(59);
    const lines: Buffer[] = [];
    for await (const chunk of await exportChanges(viewer, { session: task.id, format: 'jsonl' }, world))
      lines.push(Buffer.from(chunk));
    expect(Buffer.concat(lines).toString('utf8').trim().split('\n')).toHaveLength(59);
    // Without its nineteenth step it is none, and the cascade stands alone.
    await excuse(stage, 18, 18 * 60);
    await groupChanges(database.db, { orgId: stage.orgId, now: NOW });
    expect((await viewSessions(viewer, {}, world)).items.map((one) => one.id)).toEqual([stage.session(100)]);
  });

  test('a verdict on a child is in the sums', async () => {
    const stage = groupingStage(database.db);
    await stage.happen(numbers(0, 20).map((n) => stage.record(n, n)));
    await applyLinkage(database.db.sql, {
      orgId: stage.orgId,
      verdicts: [
        {
          changeId: stage.change(3),
          eventDate: new Date(BEGIN + 3_000),
          linkage: 'linked',
          planning: 'planned_manual',
          reason: null,
          decidedAt: NOW,
        },
      ],
    });
    const again = await groupChanges(database.db, { orgId: stage.orgId, now: NOW });
    expect(again).toEqual({ hours: 1, sessions: [stage.session(0)] });
    expect((await detail(stage, stage.session(0))).linkage).toMatchObject({ linked: 1, unlinked: 19 });
    expect(await groupChanges(database.db, { orgId: stage.orgId, now: NOW })).toEqual({
      hours: 0,
      sessions: [],
    });
  });

  test('what the platform names as related is a cascade; an act is asked about once', async () => {
    const stage = groupingStage(database.db);
    await stage.happen([
      stage.record(0, 0, { serviceName: 'Telephony', entityType: 'Site', action: 'Delete' }),
      stage.record(1, 5, { serviceName: 'Telephony', entityType: 'Site', action: 'Update' }),
      stage.system(2, 9),
      stage.system(3, 900),
    ]);
    const asked: string[] = [];
    const ask = async (id: string) => {
      asked.push(id);
      return [id, stage.change(2), stage.change(3)];
    };
    expect(await noteRelatedActs(database.db, { orgId: stage.orgId, ask, now: NOW })).toBe(1);
    expect(await noteRelatedActs(database.db, { orgId: stage.orgId, ask, now: NOW })).toBe(0);
    expect(asked).toEqual([stage.change(0)]);
    await groupChanges(database.db, { orgId: stage.orgId, now: NOW });
    expect(await detail(stage, stage.session(0))).toMatchObject({
      rule: 'related',
      changes: 3,
      owner: { id: DANA },
    });
    const more = [stage.change(2), stage.change(4)];
    await noteRelated(database.db, {
      orgId: stage.orgId,
      actId: stage.change(4),
      changeIds: more,
      receivedAt: NOW,
    });
    await stage.happen([stage.system(4, 1_000)]);
    expect((await detail(stage, stage.session(0))).changes).toBe(4);
  });
});

describe('what came by push', () => {
  test('records delivered under one envelope are no cascade; what they share themselves is', async () => {
    const stage = groupingStage(database.db);
    const delivered = (n: number, more: Record<string, unknown> = {}) =>
      eventBridgeEvent(stage.record(n, n, more));
    await stage.happen([delivered(0), delivered(1)], { path: 'push' });
    const act = { context: { correlationId: 'own' } };
    await stage.happen([delivered(2, act), delivered(3, act)], { path: 'push' });
    const own = stage.session(2);
    expect(await stage.sessions()).toEqual({ 0: null, 1: null, 2: own, 3: own });
  });

  test('a transaction that only the pull tells takes its record out of the correlation it was in', async () => {
    const stage = groupingStage(database.db);
    const shared = { context: { correlationId: 'own' } };
    await stage.happen(
      [0, 1, 2].map((n) => eventBridgeEvent(stage.record(n, n, shared))),
      { path: 'push' },
    );
    expect((await detail(stage, stage.session(0))).changes).toBe(3);
    const act = { ...shared, initiatingAction: { transactionId: 'act' } };
    await stage.happen([
      stage.record(0, 0, act),
      stage.system(9, 30, { initiatingAction: { transactionId: 'act' } }),
    ]);
    const [first, rest] = [stage.session(0), stage.session(1)];
    expect(await stage.sessions()).toEqual({ 0: first, 1: rest, 2: rest, 9: first });
  });
});

describe('workers', () => {
  test('two at once and one that is killed at its end leave the same sessions', async () => {
    const stage = groupingStage(database.db);
    const ask = { orgId: stage.orgId, now: NOW, rangeChanges: 10 };
    await stage.happen(
      numbers(0, 150).map((n) => stage.record(n, n * 60)),
      { group: false },
    );
    const killed = {
      ...database.db,
      transaction: <T>(run: Parameters<typeof database.db.transaction<T>>[0]) =>
        database.db.transaction<T>(async (sql) => {
          await run(sql);
          throw new Error('killed');
        }),
    };
    await expect(groupChanges(killed, ask)).rejects.toThrow('killed');
    expect(new Set(Object.values(await stage.sessions()))).toEqual(new Set([null]));
    await Promise.all([groupChanges(database.db, ask), groupChanges(database.db, ask)]);
    expect((await detail(stage, stage.session(0))).reconciled).toEqual({ summed: 150, counted: 150 });
  });
});

describe('who may see it', () => {
  test('a viewer of another organisation finds no session, by list, id or filter', async () => {
    const stage = groupingStage(database.db);
    await stage.happen(numbers(0, 20).map((n) => stage.record(n, n)));
    const stranger = viewerOf('a0000000-0000-4000-8000-999999999999');
    const world = { db: database.db };
    expect((await viewSessions(stranger, {}, world)).items).toEqual([]);
    await expect(viewSession(stranger, { id: stage.session(0) }, world)).rejects.toMatchObject({
      code: 'not_found',
    });
    expect((await viewChanges(stranger, { session: stage.session(0) }, world)).items).toEqual([]);
  });

  test('the list pages by what it sorts by, and finds by owner, risk and former id', async () => {
    const stage = groupingStage(database.db);
    const task = (begin: number, size: number, at: number, more: Record<string, unknown> = {}) =>
      numbers(begin, begin + size).map((n) => stage.record(n, at + (n - begin), more));
    await stage.happen([
      ...task(0, 40, 0),
      ...task(100, 20, 1_000),
      ...task(200, 30, 2_000, {
        user: { id: ERIK, name: 'Erik Sund' },
        entityType: 'Trunk',
        action: 'Delete',
      }),
    ]);
    await stage.happen([stage.record(99, 999)]);
    const viewer = viewerOf(stage.orgId);
    const ids = async (query: Parameters<typeof viewSessions>[1]) => {
      const found: string[] = [];
      for (let cursor: string | undefined; ; ) {
        const page = await viewSessions(
          viewer,
          { limit: 1, ...query, ...(cursor === undefined ? {} : { cursor }) },
          { db: database.db },
        );
        found.push(...page.items.map((session) => session.id));
        if (page.nextCursor === null) return found;
        cursor = page.nextCursor;
      }
    };
    const [first, second, third] = [stage.session(0), stage.session(99), stage.session(200)];
    expect(await ids({})).toEqual([third, second, first]);
    expect(await ids({ sort: 'largest' })).toEqual([first, third, second]);
    expect(await ids({ q: 'erik' })).toEqual([third]);
    expect(await ids({ risk: ['high'] })).toEqual([third]);
    expect(await ids({ actor: [DANA], to: '2026-03-01T10:10:00Z' })).toEqual([first]);
    expect(await ids({ q: stage.session(100) })).toEqual([second]);
    await expect(ids({ cursor: 'bm8' })).rejects.toMatchObject({ code: 'bad_request' });
  });
});

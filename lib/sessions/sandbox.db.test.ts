import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningSandbox, startSandbox } from '@/e2e/sandbox/start';
import { CLIENTS } from '@/e2e/sandbox/world/access';
import type { Viewer } from '@/lib/auth/viewer';
import { genesysAudits } from '@/lib/changes/collect/audit-source';
import { collectAudits } from '@/lib/changes/collect/collect-audits';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { viewFacets } from '@/lib/changes/views/count-changes';
import { viewChanges } from '@/lib/changes/views/list-changes';
import { connectGenesys, type GenesysClient } from '@/lib/genesys/connect';
import { addMs, DAY_MS, floorToDay } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { hurriedClock } from '@/lib/testing/instant-clock';
import type { SessionDto } from './contract';
import { groupedNaively } from './fixtures/naive-grouping';
import { groupChanges } from './group-changes';
import { genesysRelated, noteRelatedActs } from './note-related';
import { rebuildSessions } from './rebuild-sessions';
import { viewSessions } from './views/list-sessions';
import { viewSession } from './views/session-detail';
import { viewSessionSummary } from './views/session-summary';

const ANCHOR = addMs(floorToDay(new Date()), -2 * DAY_MS);
const PATIENCE_MS = 480_000;
let sandbox: RunningSandbox;
let client: GenesysClient;
let database: TestDatabase;
let orgId: string;
let viewer: Viewer;
let sessionOf: Map<string, string | null>;

beforeAll(async () => {
  sandbox = await startSandbox({ anchor: ANCHOR.toISOString(), still: true });
  database = await testDatabase();
  orgId = sandbox.truth.orgId;
  viewer = { kind: 'person', id: 'usr_officer', name: 'Olga Officer', role: 'officer', orgIds: [orgId] };
  client = connectGenesys({
    gatewayUrl: sandbox.env.GENESYS_GATEWAY_URL ?? '',
    clientId: CLIENTS.collector.id,
    clientSecret: CLIENTS.collector.secret,
    clock: hurriedClock(),
  });
  const since = addMs(ANCHOR, -91 * DAY_MS);
  await collectAudits(
    { db: database.db, vault: memoryVault(), source: genesysAudits(client, {}) },
    { kind: 'backfill', since, orgId },
  );
  const now = new Date();
  await groupChanges(database.db, { orgId, now });
  // What only the related query knows: a pass asks so many acts, and the next one goes on.
  while ((await noteRelatedActs(database.db, { orgId, ask: genesysRelated(client), now })) > 0);
  await groupChanges(database.db, { orgId, now });
  sessionOf = await sessionsOfChanges();
}, PATIENCE_MS);
afterAll(async () => {
  await sandbox.close();
  await database.drop();
});

async function sessionsOfChanges(): Promise<Map<string, string | null>> {
  const rows = await database.db.sql.query<{ id: string; session_id: string | null }>(
    'select id, session_id from change',
  );
  return new Map(rows.map((row) => [row.id, row.session_id]));
}

const group = (id: string) => {
  const found = sandbox.truth.groups.find((one) => one.id === id);
  if (found === undefined) throw new Error(`nothing was planted as ${id}`);
  return found;
};
const world = () => ({ db: database.db });
const idOf = (auditIds: readonly string[]): string => {
  const ids = new Set(auditIds.map((id) => sessionOf.get(id) ?? 'none'));
  expect([...ids]).toHaveLength(1);
  return [...ids][0] ?? '';
};
async function sessionOfGroup(id: string) {
  return viewSession(viewer, { id: idOf(group(id).auditIds) }, world());
}

describe('what the sandbox planted', () => {
  test('every group is one session with exactly its changes and its owner; what is no task is in none', async () => {
    const { groups } = sandbox.truth;
    expect(groups.length).toBeGreaterThan(30);
    for (const planted of groups) {
      const held = new Set(planted.auditIds.map((id) => sessionOf.get(id)));
      if (planted.kind === 'not_bulk') {
        expect([planted.id, ...held]).toEqual([planted.id, null]);
        continue;
      }
      expect([planted.id, held.size]).toEqual([planted.id, 1]);
      const id = idOf(planted.auditIds);
      const members = [...sessionOf].filter(([, session]) => session === id).map(([change]) => change);
      expect(members.sort()).toEqual([...planted.auditIds].sort());
      const shown = await viewSession(viewer, { id }, world());
      expect({ id: planted.id, kind: shown.kind, owner: shown.owner.id }).toEqual({
        id: planted.id,
        kind: planted.kind === 'related' ? 'cascade' : planted.kind,
        owner: planted.actorId,
      });
    }
  });

  test('D26: an edge group that moved is one session of 1,400 events, grouped by its transaction and owned by who moved it', async () => {
    const planted = sandbox.truth.groups.find((one) => one.auditIds.length === 1_400);
    const cascade = await sessionOfGroup(planted?.id ?? '');
    expect(cascade).toMatchObject({
      kind: 'cascade',
      rule: 'transaction',
      changes: 1_400,
      accountable: 20,
      parentId: null,
      owner: { name: 'Tobias Lindqvist' },
      reconciled: { summed: 1_400, counted: 1_400 },
    });
    expect(cascade.ruleSays).toContain(planted?.id ?? '?');
    expect(cascade.sentence).toContain('1,399 records more');
    expect(cascade.pace.counts.reduce((sum, n) => sum + n, 0)).toBe(1_400);
  });

  test('D26: what the platform’s related query says of the move is what was grouped', async () => {
    const planted = sandbox.truth.groups.find((one) => one.auditIds.length === 1_400);
    const [initiator = ''] = planted?.auditIds ?? [];
    const related = await genesysRelated(client)(initiator);
    expect([...related].sort()).toEqual([...(planted?.auditIds ?? [])].sort());
  });

  test('D27: the sum of children is what was ingested, child by child, and every child is still there', async () => {
    const summed = await database.db.sql.query<{ n: number }>(
      'select sum(changes)::int8 as n from session where parent_id is null',
    );
    const inSessions = [...sessionOf.values()].filter((session) => session !== null).length;
    expect(summed[0]?.n).toBe(inSessions);
    expect(sessionOf.size).toBe(sandbox.state.history.planted.length);
    const id = idOf(group('bulk:skills').auditIds);
    let listed = 0;
    let cursor: string | undefined;
    do {
      const page = await viewChanges(
        viewer,
        { session: id, limit: 500, ...(cursor === undefined ? {} : { cursor }) },
        world(),
      );
      listed += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(listed).toBe(1_000);
    expect((await viewFacets(viewer, { session: id }, world())).total).toBe(1_000);
  });

  test('R21: a thousand changes by one service account are one bulk task in the list and one entry in the summary', async () => {
    const bulk = await sessionOfGroup('bulk:skills');
    expect(bulk).toMatchObject({ kind: 'bulk', rule: 'burst', changes: 1_000, accountable: 1_000 });
    expect(bulk.sentence).toMatch(/ made 1,000 changes in 5 min 33 s$/);
    const day = {
      from: bulk.firstAt.slice(0, 10),
      to: addMs(new Date(bulk.firstAt), DAY_MS).toISOString().slice(0, 10),
    };
    const range = { from: `${day.from}T00:00:00Z`, to: `${day.to}T00:00:00Z` };
    const list = await viewSessions(viewer, { ...range, kind: ['bulk'] }, world());
    expect(list.items.map((session: SessionDto) => session.id)).toEqual([bulk.id]);
    const summary = await viewSessionSummary(viewer, range, world());
    expect(summary.bulkTasks).toBe(1);
    const counted = await database.db.sql.query<{ in_sessions: number; alone: number }>(
      'select count(session_id) as in_sessions, (count(*) - count(session_id)) as alone from change where event_date >= $1 and event_date < $2',
      [range.from, range.to],
    );
    expect(summary).toMatchObject({
      changesInSessions: counted[0]?.in_sessions,
      changesAlone: counted[0]?.alone,
    });
  });

  test('R22: two people at work in the same minutes are two tasks', async () => {
    const [one, other] = [await sessionOfGroup('interleaved:0'), await sessionOfGroup('interleaved:1')];
    expect([one.changes, other.changes]).toEqual([22, 22]);
    expect(one.id).not.toBe(other.id);
    expect(one.owner.id).not.toBe(other.owner.id);
    expect(one.firstAt < other.lastAt && other.firstAt < one.lastAt).toBe(true);
  });

  test('X6, R22: one trunk deletion among 999 skill edits lifts the whole task and is shown by itself', async () => {
    const bulk = await sessionOfGroup('bulk:skills');
    expect(bulk.risk).toBe('high');
    expect(bulk.surfaced.count).toBe(1);
    expect(bulk.surfaced.first[0]).toMatchObject({ risk: 'high', linkage: 'unlinked' });
    expect(bulk.surfaced.first[0]?.sentence).toContain('removed Trunk SBC-Legacy');
    expect(bulk.allParts).toEqual([
      {
        service: 'ContactCenter',
        entityType: 'AgentRoutingInfo',
        action: 'Update',
        count: 999,
        maxRisk: 'low',
      },
      { service: 'Telephony', entityType: 'Trunk', action: 'Delete', count: 1, maxRisk: 'high' },
    ]);
    expect(bulk.reconciled).toEqual({ summed: 1_000, counted: 1_000 });
  });

  test('R23: a burst over several minutes and minute borders is one task of 25; one of 19 is none', async () => {
    const burst = await sessionOfGroup('burst:25');
    expect(burst).toMatchObject({ kind: 'bulk', changes: 25, reconciled: { summed: 25, counted: 25 } });
    expect(burst.ruleSays).toContain('each at most 60 seconds after the one before');
    expect(Date.parse(burst.lastAt) - Date.parse(burst.firstAt)).toBe(24 * 40_000);
  });

  test('all of it is what the rules come to the slow way, and what a rebuild makes', async () => {
    // The slow way reads the records alone; what only the related query knows is compared by the test above.
    const related = new Set(
      sandbox.truth.groups.flatMap(({ kind, auditIds }) => (kind === 'related' ? auditIds : [])),
    );
    const naive = (await groupedNaively(database.db.sql, orgId)).changes;
    const alone = (of: Iterable<[string, string | null]>) =>
      Object.fromEntries([...of].filter(([id]) => !related.has(id)));
    expect(alone(sessionOf)).toEqual(alone(Object.entries(naive)));
    const all = () =>
      database.db.sql.query('select to_jsonb(s) - $1 as session from session s order by id', ['updated_at']);
    const before = await all();
    await rebuildSessions(database.db, { orgId, now: new Date() });
    expect(await all()).toEqual(before);
    expect(await sessionsOfChanges()).toEqual(sessionOf);
  });
});

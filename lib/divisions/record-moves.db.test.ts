import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyPolicy } from '@/lib/auth/settings/apply-policy';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import {
  auditId,
  DANA,
  EMEA_RESTRICTED,
  moveRecord,
  ORG,
  page,
  RAVI,
  restRecord,
  topicRecord,
  US_SALES,
} from '@/lib/changes/fixtures/records';
import { enrichChanges } from '@/lib/changes/ingest/enrich-changes';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import { lookUpNames } from '@/lib/directory/look-up-name';
import type { DirectoryItem } from '@/lib/directory/model/item/describe-item';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { GivenPolicy } from './load-policies';
import { movesOf } from './moves-of';
import { rebuildMoves } from './rebuild-moves';
import { recordMoves } from './record-moves';

const T = new Date('2026-03-01T14:00:00Z');
const POLICY: GivenPolicy = {
  ipAllowList: ['203.0.113.0/24'],
  moveReview: { days: 7, applies: 'cross_division' },
};
const CLIENT = 'f0000000-0000-4000-8000-00000000000c';
const NEW_DIVISION = 'd0000000-0000-4000-8000-0000000000ee';

let database: TestDatabase;
let n = 0;

beforeAll(async () => {
  database = await testDatabase();
  await snapshot('division', [
    { id: US_SALES, name: 'US Sales' },
    { id: EMEA_RESTRICTED, name: 'EMEA Restricted' },
  ]);
  await snapshot('user', [
    { id: DANA, name: 'Dana Admin', divisionId: US_SALES },
    { id: RAVI, name: 'Ravi Agent', divisionId: US_SALES },
  ]);
  await snapshot('oauth_client', [
    { id: CLIENT, name: 'Ravi’s key', authorizedGrantType: 'CLIENT-CREDENTIALS', createdBy: { id: RAVI } },
  ]);
});
afterAll(() => database?.drop());

async function snapshot(kind: DirectoryKind, items: readonly DirectoryItem[]): Promise<void> {
  const at = addMs(T, -10 * DAY_MS);
  await takeSnapshot(database.db, {
    orgId: ORG,
    kinds: [kind],
    now: () => at,
    reader: async () => ({
      items,
      startedAt: at,
      finishedAt: at,
      totalBefore: items.length,
      totalAfter: items.length,
      readCount: items.length,
      duplicates: 0,
      pages: 1,
      outcome: 'complete',
    }),
  });
}

async function ingest(records: readonly unknown[], more: Parameters<typeof page>[1] = {}): Promise<void> {
  const knowledge = await loadKnowledge(database.db.sql, ORG, T);
  await ingestBatch({ db: database.db, vault: memoryVault(), knowledge }, [page(records, more)]);
}

function record(now = addMs(T, HOUR_MS)) {
  return recordMoves(database.db, { orgId: ORG, policy: POLICY, now });
}

/** A record of its own hour, `hours` after T; its id comes back. */
function at(hours: number, more: Record<string, unknown> = {}) {
  n += 1;
  return moveRecord(n, { eventDate: toIso(addMs(T, hours * HOUR_MS)), ...more });
}

async function movesAt(hours: number) {
  return movesOf(database.db.sql, { orgId: ORG, hours: [addMs(T, hours * HOUR_MS)] });
}

describe('records become moves', () => {
  test('D3: both encodings, and many objects of one record, through the real intake', async () => {
    const update = at(0);
    const guides = at(0, {
      action: 'ChangeDivision',
      entityType: 'Division',
      entity: { id: EMEA_RESTRICTED },
      context: { targetUserId: RAVI },
    });
    const several = at(0, {
      entityChanges: [
        {
          entityId: 'e0000000-0000-4000-8000-000000000077',
          entityName: 'Billing',
          entityType: 'Queue',
          oldValues: [US_SALES],
          newValues: [EMEA_RESTRICTED],
        },
      ],
    });
    const other = at(0, {
      propertyChanges: [{ property: 'state', oldValues: ['active'], newValues: ['inactive'] }],
    });
    await ingest([update, guides, several, other]);
    await record();
    const moves = await movesAt(0);
    expect(moves.map((move) => [move.id, move.target.type, move.target.name])).toEqual([
      [`mov_${update.id}`, 'User', 'Ravi Agent'],
      [`mov_${guides.id}`, 'User', 'Ravi Agent'],
      [`mov_${several.id}`, 'User', 'Ravi Agent'],
      [`mov_${several.id}.2`, 'Queue', 'Billing'],
    ]);
    expect(moves[0]).toMatchObject({
      actor: { kind: 'person', id: DANA, name: 'Dana Admin' },
      from: { name: 'US Sales', nameFrom: 'snapshot', sensitivity: null },
      to: { name: 'EMEA Restricted' },
      restricted: null,
      boundaryCross: null,
      direction: 'not_evaluated',
      clientIp: '203.0.113.24',
      addressFlags: [],
      risk: 'high',
    });
  });

  test('the same again writes nothing, and a change of another hour touches only its own', async () => {
    expect(await record()).toEqual({ hours: 0, recorded: 0 });
    await ingest([at(2)]);
    expect(await record()).toEqual({ hours: 1, recorded: 1 });
  });

  test.each([
    ['which the record names as client alone', 3, { user: {}, client: { id: CLIENT } }],
    ['which it names as its user, too', 10, { user: { id: CLIENT }, client: { id: CLIENT } }],
    ['which it names as its user alone', 11, { user: { id: CLIENT }, client: { id: '' } }],
  ])('D28: a self-move through an OAuth client of one’s own, %s', async (_name, hours, actor) => {
    await ingest([at(hours, actor)]);
    await record();
    const [move] = await movesAt(hours);
    expect(move).toMatchObject({
      selfMove: true,
      selfMoveBy: 'own_client',
      actor: { kind: 'automation', id: CLIENT },
      client: { id: CLIENT, name: 'Ravi’s key' },
    });
  });

  test('D28: the moved person’s own hand is a self-move', async () => {
    await ingest([at(4, { entity: { id: DANA } })]);
    await record();
    expect((await movesAt(4))[0]).toMatchObject({ selfMove: true, selfMoveBy: 'direct', risk: 'critical' });
  });

  test('D16: the first address ever of a person is not new, another one is, and no longer once an earlier record is known', async () => {
    const elsewhere = at(6, { remoteIp: ['192.0.2.9'] });
    await ingest([elsewhere]);
    await record();
    expect((await movesAt(0)).every((move) => move.addressFlags.length === 0)).toBe(true);
    expect((await movesAt(6))[0]?.addressFlags.map((note) => note.flag)).toEqual([
      'outside_allow_list',
      'new_for_person',
    ]);
    await ingest([
      restRecord(500, { eventDate: addMs(T, 5 * HOUR_MS).toISOString(), remoteIp: ['192.0.2.9'] }),
    ]);
    await record();
    expect((await movesAt(6))[0]?.addressFlags.map((note) => note.flag)).toEqual(['outside_allow_list']);
  });

  test('a pushed move is provisional; a pull that confirms it doubles nothing; one that shows it was refused removes it', async () => {
    const [kept, refused] = [at(8), at(8)];
    await ingest([topicRecord(kept), topicRecord(refused)], { path: 'push' });
    await record();
    expect((await movesAt(8)).map((move) => [move.source, move.provisional])).toEqual([
      ['push', true],
      ['push', true],
    ]);
    await ingest([kept, { ...refused, status: 'FAILURE' }]);
    await record();
    expect((await movesAt(8)).map((move) => [move.id, move.provisional])).toEqual([
      [`mov_${kept.id}`, false],
    ]);
  });

  test('every hour with a move that is new or other is due for the detections', async () => {
    await database.db.sql.query(`delete from change_due where consumer = 'detections'`);
    await ingest([at(9)]);
    await database.db.sql.query(`delete from change_due where consumer = 'detections'`);
    await record();
    const due = await database.db.sql.query<{ hour: Date }>(
      `select hour from change_due where consumer = 'detections' and org_id = $1`,
      [ORG],
    );
    expect(due.map((row) => row.hour)).toEqual([addMs(T, 9 * HOUR_MS)]);
  });

  test('D7: a division nobody names keeps its id, marked unresolved, is asked for, and gets its name when the platform answers', async () => {
    const when = addMs(T, 20 * HOUR_MS);
    const move = at(20, {
      propertyChanges: [{ property: 'divisionId', oldValues: [US_SALES], newValues: [NEW_DIVISION] }],
    });
    await ingest([move]);
    const now = addMs(when, 5 * MINUTE_MS);
    await record(now);
    expect((await movesAt(20))[0]?.to).toMatchObject({
      id: NEW_DIVISION,
      name: null,
      nameFrom: 'unresolved',
    });
    const failing = await lookUpNames(database.db, {
      orgId: ORG,
      now: () => now,
      ask: () => Promise.reject(new Error('503')),
    });
    expect(failing).toMatchObject({ found: 0, waiting: 1 });
    const later = addMs(when, HOUR_MS);
    await lookUpNames(database.db, {
      orgId: ORG,
      now: () => later,
      ask: async (kind, id) => ({ id, name: kind === 'division' ? 'Brand New' : id }),
    });
    await enrichChanges(database.db, { orgId: ORG, from: T, to: later, now: later });
    await record(later);
    expect((await movesAt(20))[0]?.to).toMatchObject({ name: 'Brand New', nameFrom: 'platform_lookup' });
  });

  test('a record that tells only where to: where from, the directory knew', async () => {
    await ingest([at(22, { propertyChanges: [{ property: 'divisionId', newValues: [EMEA_RESTRICTED] }] })]);
    await record();
    expect((await movesAt(22))[0]?.from).toMatchObject({ id: US_SALES, name: 'US Sales' });
  });

  test('D18: a policy set later asks for reviews of moves received from then on, and a rebuild gives the same rows', async () => {
    const before = await database.db.sql.query<{ id: string; review_due_at: Date | null; received_at: Date }>(
      'select * from division_move order by id',
    );
    expect(
      before.every((row) => row.review_due_at?.getTime() === addMs(row.received_at, 7 * DAY_MS).getTime()),
    ).toBe(true);
    const set = addMs(T, 30 * HOUR_MS);
    await database.db.transaction((sql) =>
      applyPolicy(
        sql,
        {
          policy: { moveReview: { days: 3, applies: 'cross_division' } },
          orgId: ORG,
          origin: 'person',
          sha256: '',
        },
        { actor: SYSTEM_ACTOR, now: set },
      ),
    );
    await ingest([at(29)], { receivedAt: addMs(set, HOUR_MS) });
    await record(addMs(set, HOUR_MS));
    expect((await movesAt(29))[0]?.reviewDueAt).toEqual(addMs(set, HOUR_MS + 3 * DAY_MS));
    const now = addMs(set, 2 * HOUR_MS);
    await rebuildMoves(database.db, { orgId: ORG, policy: POLICY, now });
    const once = await database.db.sql.query('select * from division_move order by id');
    await rebuildMoves(database.db, { orgId: ORG, policy: { ipAllowList: POLICY.ipAllowList }, now });
    expect(await database.db.sql.query('select * from division_move order by id')).toEqual(once);
    expect(once).toHaveLength(before.length + 1);
  });

  test('two recorders at once write each move once', async () => {
    const records = Array.from({ length: 40 }, (_, index) =>
      at(40 + (index % 5), { id: auditId(700 + index) }),
    );
    await ingest(records, { receivedAt: addMs(T, 50 * HOUR_MS) });
    const runs = await Promise.all([record(), record(), record()]);
    expect(runs.reduce((sum, run) => sum + run.recorded, 0)).toBe(40);
  });
});

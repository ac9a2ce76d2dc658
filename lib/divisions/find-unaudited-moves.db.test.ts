import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { EMEA_RESTRICTED, moveRecord, ORG, page, RAVI, US_SALES } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import { advanceWatermark } from '@/lib/changes/store/runs';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { addMs, DAY_MS, HOUR_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { findUnauditedMoves } from './find-unaudited-moves';
import { recordMoves } from './record-moves';

const T = new Date('2026-03-01T02:00:00Z');
const NEXT = addMs(T, DAY_MS);
const NOW = addMs(NEXT, 3 * HOUR_MS);
let database: TestDatabase;

beforeAll(async () => {
  database = await testDatabase();
  await snapshot(T, US_SALES);
  await snapshot(NEXT, EMEA_RESTRICTED);
});
afterAll(() => database?.drop());

/** Everybody as they were read at an instant; one of them lives in the given division. */
async function snapshot(at: Date, divisionId: string): Promise<void> {
  const items = [
    { id: RAVI, name: 'Ravi Agent', divisionId },
    { id: 'c0000000-0000-4000-8000-000000000009', name: 'Somebody Else', divisionId: US_SALES },
  ];
  const counts = { totalBefore: 2, totalAfter: 2, readCount: 2, duplicates: 0, pages: 1 };
  await takeSnapshot(database.db, {
    orgId: ORG,
    kinds: ['user'],
    now: () => at,
    reader: async () => ({ items, startedAt: at, finishedAt: at, outcome: 'complete', ...counts }),
  });
}

function find(now = NOW) {
  return findUnauditedMoves(database.db, { orgId: ORG, policy: {}, now });
}

async function wasRead(from: Date, to: Date): Promise<void> {
  await database.db.transaction((sql) =>
    advanceWatermark(sql, { orgId: ORG, source: 'pull', chunk: { from, to }, at: to }),
  );
}

async function moves() {
  return database.db.sql.query<{
    source: string;
    change_id: string | null;
    at: Date;
    within_from: Date | null;
  }>('select source, change_id, at, within_from from division_move order by at');
}

describe('a move that two snapshots show', () => {
  test('is not called unaudited where records were not read, or not from the snapshot before on', async () => {
    expect(await find()).toEqual({ snapshots: 0, found: 0 });
    await wasRead(addMs(T, HOUR_MS), NOW);
    expect(await find()).toEqual({ snapshots: 1, found: 0 });
  });

  test('is found once records were read that far back, within the two snapshots, and only once', async () => {
    await wasRead(addMs(T, -DAY_MS), addMs(T, 2 * HOUR_MS));
    expect(await find(addMs(NEXT, HOUR_MS))).toEqual({ snapshots: 0, found: 0 });
    expect(await find()).toEqual({ snapshots: 1, found: 1 });
    expect(await moves()).toEqual([{ source: 'snapshot_diff', change_id: null, at: NEXT, within_from: T }]);
    expect(await find()).toEqual({ snapshots: 0, found: 0 });
  });

  test('gives way to its audit record when that turns up late', async () => {
    const record = moveRecord(1, { eventDate: toIso(addMs(T, 5 * HOUR_MS)) });
    const knowledge = await loadKnowledge(database.db.sql, ORG, NOW);
    await ingestBatch({ db: database.db, vault: memoryVault(), knowledge }, [
      page([record], { receivedAt: NOW }),
    ]);
    expect(await find()).toEqual({ snapshots: 0, found: 0 });
    await recordMoves(database.db, { orgId: ORG, policy: {}, now: NOW });
    expect((await moves()).map((move) => [move.source, move.change_id])).toEqual([['pull', record.id]]);
    await database.db.sql.query('delete from division_scan');
    expect(await find()).toEqual({ snapshots: 1, found: 0 });
  });
});

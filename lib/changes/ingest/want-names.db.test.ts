import { afterAll, beforeAll, expect, test } from 'vitest';
import { lookUpNames } from '@/lib/directory/look-up-name';
import { addMs, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { memoryVault } from '../fixtures/memory-vault';
import { auditId, moveRecord, ORG, page } from '../fixtures/records';
import { enrichChanges } from './enrich-changes';
import { ingestBatch } from './ingest-pages';
import { bareKnowledge } from './org-knowledge';
import { wantUnresolvedNames } from './want-names';

const now = new Date('2026-03-02T12:00:00Z');
let testing: TestDatabase;

beforeAll(async () => {
  testing = await testDatabase();
});
afterAll(() => testing.drop());

test('D7: ids of a recent change that nobody names are asked for, a failed look-up leaves the change, and the answer fills in', async () => {
  const { db } = testing;
  const recent = toIso(addMs(now, -5 * MINUTE_MS));
  const deps = { db, vault: memoryVault(), knowledge: bareKnowledge(ORG), now };
  await ingestBatch(deps, [
    page([moveRecord(1, { eventDate: recent }), moveRecord(2, { eventDate: '2026-03-01T10:00:00Z' })]),
  ]);
  expect(await wantUnresolvedNames(db, { orgId: ORG, now })).toBeGreaterThan(0);

  const down = await lookUpNames(db, {
    orgId: ORG,
    now: () => now,
    ask: () => Promise.reject(new Error('connection reset')),
  });
  expect(down.found).toBe(0);
  expect(down.waiting).toBeGreaterThan(0);
  expect(await labelOf(1)).toBeNull();

  const later = addMs(now, 10 * MINUTE_MS);
  const looked = await lookUpNames(db, {
    orgId: ORG,
    now: () => later,
    ask: (kind, id) => Promise.resolve({ id, name: `${kind} as the platform names it` }),
  });
  expect(looked.found).toBeGreaterThan(0);
  await enrichChanges(db, {
    orgId: ORG,
    from: new Date('2026-02-01T00:00:00Z'),
    to: later,
    now: later,
  });
  expect(await labelOf(1)).toBe('user as the platform names it');
  // Today's name is never given to yesterday's event.
  expect(await labelOf(2)).toBeNull();
});

async function labelOf(n: number): Promise<string | null | undefined> {
  const [row] = await testing.db.sql.query<{ entity_label: string | null }>(
    'select entity_label from change where id = $1',
    [auditId(n)],
  );
  return row?.entity_label;
}

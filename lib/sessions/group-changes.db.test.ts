import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { auditId, page, type RestRecord, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { groupedNaively } from './fixtures/naive-grouping';
import { groupChanges } from './group-changes';
import { rebuildSessions } from './rebuild-sessions';

const NOW = new Date('2026-03-02T00:00:00Z');
const PEOPLE = ['b0000000-0000-4000-8000-0000000000a1', 'b0000000-0000-4000-8000-0000000000a2'];
let database: TestDatabase;
let orgs = 0;

beforeAll(async () => {
  database = await testDatabase();
});
afterAll(() => database.drop());

function newOrg(): string {
  orgs += 1;
  return `a0000000-0000-4000-8000-${String(orgs).padStart(12, '0')}`;
}

async function ingest(orgId: string, records: readonly RestRecord[]): Promise<void> {
  await ingestBatch({ db: database.db, vault: memoryVault(), knowledge: bareKnowledge(orgId), now: NOW }, [
    page(records),
  ]);
}

/** Everything that grouping keeps, without when it was written. */
async function state(orgId: string) {
  const rows = (text: string) => database.db.sql.query(text, [orgId]);
  return {
    sessions: (await rows('select * from session where org_id = $1 order by id')).map(
      ({ updated_at: _at, ...session }) => session,
    ),
    parts: await rows(
      'select * from session_part where org_id = $1 order by session_id, hour, service, entity_type, action, risk, linkage, accountable',
    ),
    stretches: await rows('select * from session_stretch where org_id = $1 order by session_id, hour'),
    changes: await rows('select id, session_id from change where org_id = $1 order by id'),
    due: await rows(`select * from change_due where org_id = $1 and consumer = 'sessions'`),
  };
}

/** Mostly one person at a steady pace through three hours, so that runs of twenty steps are common and so are ends of them. */
const weighted = <T>(...options: readonly (readonly [number, T])[]) =>
  fc.oneof(...options.map(([weight, value]) => ({ weight, arbitrary: fc.constant(value) })));
const oneRecord = fc.record({
  gapSeconds: weighted([50, 30], [20, 25], [6, 60], [3, 1], [3, 0], [2, 61], [1, 700]),
  who: weighted([20, 0], [2, 1]),
  client: weighted([20, ''], [1, 'cccc0000-0000-4000-8000-0000000000c1']),
  level: weighted([20, 'USER'], [3, 'SYSTEM']),
  action: weighted([20, 'Update'], [2, 'Delete'], [1, 'View']),
  transaction: weighted<string | null>([30, null], [1, 't1'], [1, 't2'], [1, 't3'], [1, 't4']),
  initiator: weighted([4, false], [1, true]),
  correlation: weighted<string | null>([30, null], [1, 'c1'], [1, 'c2'], [1, 'c3']),
});

const history = fc.record({
  records: fc.array(fc.noBias(oneRecord), { minLength: 60, maxLength: 240, size: 'max' }),
  order: fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 240, maxLength: 240 }),
  cuts: fc.array(fc.integer({ min: 1, max: 239 }), { maxLength: 6 }),
  rangeChanges: fc.constantFrom(1, 30, 20_000),
});

test('whatever order records come in, the sessions are those of all of them at once, and a rebuild gives the same', async () => {
  await fc.assert(
    fc.asyncProperty(history, async ({ records, order, cuts, rangeChanges }) => {
      const orgId = newOrg();
      let at = Date.parse('2026-03-01T09:50:00Z');
      const rest = records.map((one, index) => {
        at += one.gapSeconds * 1_000;
        const id = one.level === 'SYSTEM' ? null : PEOPLE[one.who];
        return restRecord(index, {
          id: auditId(orgs * 1_000 + index),
          userHomeOrgId: orgId,
          user: id === null ? {} : { id, name: `Person ${one.who}` },
          client: { id: one.client },
          level: one.level,
          action: one.action,
          eventDate: `${new Date(at).toISOString().slice(0, 19)}Z`,
          initiatingAction: one.transaction === null ? {} : { transactionId: `${one.transaction}-${orgs}` },
          transactionInitiator: one.initiator,
          context: one.correlation === null ? {} : { correlationId: `${one.correlation}-${orgs}` },
        });
      });
      const shuffled = rest
        .map((record, index) => ({ record, rank: order[index] ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ record }) => record);
      const ends = [...new Set([...cuts, shuffled.length])].sort((a, b) => a - b);
      let begin = 0;
      for (const end of ends) {
        if (begin >= shuffled.length) break;
        await ingest(orgId, shuffled.slice(begin, end));
        begin = end;
        await groupChanges(database.db, { orgId, now: NOW, rangeChanges });
      }
      const kept = await state(orgId);
      const naive = await groupedNaively(database.db.sql, orgId);
      expect(Object.fromEntries(kept.changes.map((row) => [row.id, row.session_id]))).toEqual(naive.changes);
      expect(
        Object.fromEntries(
          kept.sessions.map((row) => [row.id, `${row.kind} ${row.parent_id} ${row.changes}`]),
        ),
      ).toEqual(naive.sessions);
      expect(kept.due).toEqual([]);
      await rebuildSessions(database.db, { orgId, now: NOW, rangeChanges });
      expect(await state(orgId)).toEqual(kept);
    }),
    { numRuns: 12 },
  );
}, 240_000);

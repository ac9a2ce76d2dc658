import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LINKAGES, PLANNINGS } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { applyLinkage } from './apply-linkage';
import { memoryVault } from './fixtures/memory-vault';
import { auditId, ORG, page, restRecord, topicRecord } from './fixtures/records';
import { ingestBatch } from './ingest/ingest-pages';
import { bareKnowledge } from './ingest/org-knowledge';
import { checkRollups, rebuildRollups } from './rebuild-rollups';

let test_: TestDatabase;
const vault = memoryVault();
const EXACT = { ru_hour: 0, ru_day: 0, ru_dim: 0, ru_actor: 0, ru_rate: 0 };

beforeAll(async () => {
  test_ = await testDatabase();
});
afterAll(() => test_.drop());

const instant = fc
  .integer({ min: 0, max: 90 * 24 * 60 })
  .map((minute) => new Date(Date.UTC(2026, 0, 1) + minute * 60_000));
const record = fc.record({
  n: fc.integer({ min: 0, max: 150 }),
  at: instant,
  level: fc.constantFrom('USER', 'SYSTEM', 'GENESYS_INTERNAL'),
  status: fc.constantFrom('SUCCESS', 'FAILURE', undefined),
  action: fc.constantFrom('Update', 'Delete', 'View', 'Authenticate'),
  push: fc.boolean(),
});
const verdict = fc.record({
  n: fc.integer({ min: 0, max: 150 }),
  linkage: fc.constantFrom(...LINKAGES),
  planning: fc.constantFrom(...PLANNINGS),
  excused: fc.option(fc.boolean(), { nil: undefined }),
  bypass: fc.option(fc.boolean(), { nil: undefined }),
});

describe('rollups', () => {
  test('rollups tell what the changes tell after any inserts, replays, confirmations and relinks', async () => {
    const deps = { db: test_.db, vault, knowledge: bareKnowledge(ORG) };
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 40 }),
        fc.array(verdict, { maxLength: 40 }),
        async (records, verdicts) => {
          for (const path of ['push', 'pull'] as const) {
            const of = records.filter((one) => one.push === (path === 'push'));
            const bodies = of.map((one) =>
              restRecord(one.n, {
                eventDate: one.at.toISOString(),
                level: one.level,
                status: one.status,
                action: one.action,
              }),
            );
            const receivedAt = new Date('2026-04-02T00:00:00Z');
            await ingestBatch(deps, [
              page(path === 'push' ? bodies.map(topicRecord) : bodies, { path, receivedAt }),
            ]);
          }
          const dates = await test_.db.sql.query<{ id: string; event_date: Date }>(
            'select id, event_date from change',
          );
          const at = new Map(dates.map((row) => [row.id, row.event_date]));
          const given = verdicts.flatMap(({ n, excused, bypass, ...one }) => {
            const eventDate = at.get(auditId(n));
            return eventDate === undefined
              ? []
              : [
                  {
                    ...one,
                    ...(excused === undefined ? {} : { excused }),
                    ...(bypass === undefined ? {} : { bypass }),
                    changeId: auditId(n),
                    eventDate,
                    reason: null,
                    decidedAt: new Date(),
                  },
                ];
          });
          await test_.db.transaction((sql) => applyLinkage(sql, { orgId: ORG, verdicts: given }));
          expect(await checkRollups(test_.db, ORG)).toEqual(EXACT);
        },
      ),
      { numRuns: 25 },
    );
    await rebuildRollups(test_.db, ORG);
    expect(await checkRollups(test_.db, ORG)).toEqual(EXACT);
  });

  test('a relink moves a count from one row to another, and linking twice changes nothing', async () => {
    const deps = { db: test_.db, vault, knowledge: bareKnowledge(ORG) };
    const eventDate = new Date('2026-05-05T10:00:00Z');
    await ingestBatch(deps, [
      page([restRecord(9_000, { eventDate: eventDate.toISOString() })], { receivedAt: eventDate }),
    ]);
    const verdicts = [
      {
        changeId: auditId(9_000),
        eventDate,
        linkage: 'linked',
        planning: 'planned_manual',
        reason: 'approved before',
        decidedAt: new Date(),
      },
    ] as const;
    for (let time = 0; time < 2; time++)
      expect(await applyLinkage(test_.db.sql, { orgId: ORG, verdicts })).toBe(1);
    const rows = await test_.db.sql.query(
      `select linkage, planning, n from ru_hour where bucket >= '2026-05-01' and n <> 0`,
    );
    expect(rows).toEqual([{ linkage: 'linked', planning: 'planned_manual', n: 1 }]);
  });

  test('concurrent relinks of the same changes in other orders neither deadlock nor miscount', async () => {
    const dates = await test_.db.sql.query<{ id: string; event_date: Date }>(
      'select id, event_date from change order by event_date, id',
    );
    const verdictsOf = (linkage: 'linked' | 'mismatch', rows: typeof dates) =>
      rows.map((row) => ({
        changeId: row.id,
        eventDate: row.event_date,
        linkage,
        planning: 'ad_hoc' as const,
        reason: null,
        decidedAt: new Date(),
      }));
    const work = Array.from({ length: 8 }, (_, n) =>
      applyLinkage(test_.db.sql, {
        orgId: ORG,
        verdicts: n % 2 ? verdictsOf('linked', dates) : verdictsOf('mismatch', [...dates].reverse()),
      }),
    );
    await Promise.all(work);
    expect(await checkRollups(test_.db, ORG)).toEqual(EXACT);
  });
});

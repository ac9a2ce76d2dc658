import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { applyLinkage } from '@/lib/changes/apply-linkage';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { auditId, ORG, page, restRecord } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { bareKnowledge } from '@/lib/changes/ingest/org-knowledge';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { rateAnswerSchema } from './contract';
import { type LinkDependencies, linkChanges } from './link-changes';
import { readClaims } from './link-claims';
import { viewRateLists, viewUnlinkedRate } from './views';

const NOW = new Date('2026-03-02T00:00:00Z');
const STRANGER = 'a0000000-0000-4000-8000-000000000009';
let database: TestDatabase;

function viewer(more: Partial<Viewer> = {}): Viewer {
  return { kind: 'person', id: 'usr_officer', name: 'Olga Officer', role: 'officer', orgIds: [ORG], ...more };
}

function dependencies(): LinkDependencies {
  return {
    db: database.db,
    sources: { jira: null, servicenow: null, git: null },
    policy: { pipelineClients: new Set(), freezes: [] },
    now: () => NOW,
  };
}

beforeAll(async () => {
  database = await testDatabase();
  const citing = restRecord(2, {
    propertyChanges: [
      { property: 'description', oldValues: ['CHG0031009'], newValues: ['CHG0031001 in UTF-8'] },
    ],
  });
  const records = [
    restRecord(1),
    citing,
    restRecord(3, { action: 'View' }),
    restRecord(4, { level: 'SYSTEM' }),
    restRecord(5, { context: { note: 'plain' } }),
  ];
  await ingestBatch({ db: database.db, vault: memoryVault(), knowledge: bareKnowledge(ORG), now: NOW }, [
    page(records),
  ]);
});
afterAll(() => database.drop());

describe('the unlinked change rate, as it is looked at', () => {
  const asked = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' };

  test('R17: a period without changes has no rate', async () => {
    const rate = await viewUnlinkedRate(
      viewer(),
      { from: '2026-02-01T00:00:00Z', to: '2026-02-02T00:00:00Z' },
      { db: database.db, now: NOW },
    );
    expect(rate).toMatchObject({ unlinked: 0, total: 0, rate: null, previous: { rate: null } });
  });

  test('R16: a number without a source is not evaluated; what was only looked at or done by the platform is excluded by name', async () => {
    expect(await linkChanges(ORG, dependencies())).toMatchObject({
      judged: 3,
      citing: 1,
      linked: 0,
      notEvaluated: 1,
      sourcesDown: [],
    });
    const rate = await viewUnlinkedRate(viewer(), asked, { db: database.db, now: NOW });
    expect(rate).toMatchObject({
      unlinked: 3,
      total: 3,
      rate: 1,
      notEvaluated: 1,
      excluded: { read: 1, platform: 1 },
      previous: { from: '2026-02-28T00:00:00Z', total: 0 },
    });
    expect(rateAnswerSchema.parse(rate)).toEqual(rate);
  });

  test('old values cite nothing: one claim, of the new value', async () => {
    const claims = (await readClaims(database.db.sql, ORG, [auditId(2)])).get(auditId(2));
    expect(claims?.map((claim) => claim.reference)).toEqual(['CHG0031001']);
    expect(claims?.[0]?.reasons).toEqual(['not evaluated: no ServiceNow is configured']);
  });

  test('a viewer of another organisation sees none of it, whatever is asked', async () => {
    const stranger = viewer({ orgIds: [STRANGER] });
    for (const query of [
      asked,
      { ...asked, org: [ORG] },
      { ...asked, asOf: NOW.toISOString() },
      { ...asked, from: '2026-03-01T14:00:10Z' },
    ]) {
      expect(await viewUnlinkedRate(stranger, query, { db: database.db, now: NOW })).toMatchObject({
        total: 0,
        notEvaluated: 0,
      });
    }
    expect(
      await viewUnlinkedRate(viewer(), { ...asked, org: [ORG] }, { db: database.db, now: NOW }),
    ).toMatchObject({ total: 3 });
  });

  test('an auditor’s look at the rate is journaled, an officer’s is not', async () => {
    const rows = () => database.db.sql.query(`select 1 from journal where action = 'metrics.viewed'`);
    const before = (await rows()).length;
    await viewUnlinkedRate(viewer(), asked, { db: database.db, now: NOW });
    expect((await rows()).length).toBe(before);
    await viewUnlinkedRate(viewer({ id: 'usr_auditor', role: 'auditor' }), asked, {
      db: database.db,
      now: NOW,
    });
    expect((await rows()).length).toBe(before + 1);
  });

  test('X3: an excused change leaves both numbers and is counted as excused', async () => {
    const [row] = await database.db.sql.query<{ event_date: Date }>(
      'select event_date from change where id = $1',
      [auditId(1)],
    );
    const verdict = {
      changeId: auditId(1),
      eventDate: row?.event_date ?? NOW,
      linkage: 'unlinked',
      planning: 'ad_hoc',
      reason: null,
      decidedAt: NOW,
    } as const;
    await applyLinkage(database.db.sql, { orgId: ORG, verdicts: [{ ...verdict, excused: true }] });
    expect(await viewUnlinkedRate(viewer(), asked, { db: database.db, now: NOW })).toMatchObject({
      total: 2,
      excluded: { excused: 1 },
    });
    await applyLinkage(database.db.sql, { orgId: ORG, verdicts: [verdict] });
    expect(await viewUnlinkedRate(viewer(), asked, { db: database.db, now: NOW })).toMatchObject({
      total: 3,
      excluded: { excused: 0 },
    });
  });

  test('X3: the two lists behind the number come with it', async () => {
    const lists = await viewRateLists(viewer(), asked, { db: database.db, now: NOW });
    expect(lists.denominator).toMatchObject({ ...asked, accountable: 'true' });
    expect(lists.numerator.linkage).not.toContain('linked');
  });

  test('an empty range, an endless one and a series without end are refused in a sentence', async () => {
    const world = { db: database.db, now: NOW };
    await expect(viewUnlinkedRate(viewer(), { from: asked.to, to: asked.from }, world)).rejects.toMatchObject(
      { code: 'bad_request' },
    );
    await expect(
      viewUnlinkedRate(viewer(), { from: '2000-01-01T00:00:00Z', to: asked.to }, world),
    ).rejects.toMatchObject({ code: 'bad_request' });
    await expect(
      viewUnlinkedRate(viewer(), { from: '2020-01-01T00:00:00Z', to: asked.to, bucket: 'hour' }, world),
    ).rejects.toMatchObject({ code: 'bad_request' });
  });

  test('facts stay: the application can neither change nor delete an evaluation', async () => {
    await expect(
      database.db.sql.query(`update link_evaluation set linkage = 'linked'`),
    ).rejects.toMatchObject({ code: '42501' });
    await expect(database.db.sql.query('delete from link_evaluation')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(database.owner.query('delete from link_evaluation')).rejects.toMatchObject({
      code: '42501',
    });
  });
});

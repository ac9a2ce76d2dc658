import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Viewer } from '@/lib/auth/viewer';
import { asViewerRole } from '@/lib/db/as-viewer-role';
import { sha256Hex } from '@/lib/kernel/hash';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { applyLinkage } from '../apply-linkage';
import type { ChangeFilter, ChangeListQuery } from '../contract';
import { memoryVault } from '../fixtures/memory-vault';
import {
  auditId,
  DANA,
  EMEA_RESTRICTED,
  moveRecord,
  ORG,
  page,
  RAVI,
  rawPage,
  restRecord,
  topicRecord,
  US_SALES,
} from '../fixtures/records';
import { ingestBatch } from '../ingest/ingest-pages';
import { bareKnowledge } from '../ingest/org-knowledge';
import { replayQuarantined } from '../ingest/replay-quarantine';
import { whereOf } from '../store/read/change-filter';
import { listStatement } from '../store/read/change-rows';
import { viewChange, viewProof, viewRawRecord } from './change-detail';
import { viewVolume } from './change-volume';
import { viewObservations, viewQuarantine } from './collection';
import { viewFacets } from './count-changes';
import { viewCoverage } from './coverage';
import { exportChanges } from './export-changes';
import { viewChanges } from './list-changes';

const OTHER = 'a0000000-0000-4000-8000-000000000099';
const admin: Viewer = { kind: 'person', id: 'usr_test', name: 'Test Person', role: 'admin', orgIds: [ORG] };
const foreign: Viewer = { ...admin, orgIds: [OTHER] };
const vault = memoryVault();
let test_: TestDatabase;
const world = () => ({ db: test_.db, now: new Date('2026-03-31T00:00:00Z') });
const list = (query: ChangeListQuery, viewer = admin) => viewChanges(viewer, query, world());

beforeAll(async () => {
  test_ = await testDatabase();
  const deps = { db: test_.db, vault, knowledge: bareKnowledge(ORG) };
  const actions = ['Create', 'Update', 'Delete', 'View', 'Publish'];
  const records = Array.from({ length: 300 }, (_, n) =>
    restRecord(n, {
      eventDate: new Date(
        Date.UTC(2026, 2, 1, 0, 0, 0) + Math.floor(n / 3) * 6 * 3_600_000 + (n % 2) * 1000,
      ).toISOString(),
      action: actions[n % 5],
      level: n % 4 === 3 ? 'SYSTEM' : 'USER',
      status: n % 13 === 5 ? 'FAILURE' : 'SUCCESS',
      entityType: n % 6 === 1 ? 'Trunk' : 'Queue',
      serviceName: n % 6 === 1 ? 'Telephony' : 'ContactCenter',
      user: n % 4 === 3 ? {} : { id: n % 3 ? DANA : RAVI, name: n % 3 ? 'Dana Admin' : 'Ravi Agent' },
    }),
  );
  const receivedAt = new Date('2026-03-30T00:00:00Z');
  await ingestBatch(deps, [page(records, { receivedAt })]);
  const odd = restRecord(900, {
    eventDate: '2026-03-05T10:00:00Z',
    entity: { id: 'q-odd', name: '=cmd|calc' },
    propertyChanges: [{ property: 'name', oldValues: ['\u3000+1'], newValues: ['\ufeff@x', 'a"b,c'] }],
    user: { id: DANA, name: '＝SUM(A1)' },
  });
  await ingestBatch(deps, [
    rawPage(
      `{"entities":[${JSON.stringify(odd, null, 2)},${JSON.stringify(moveRecord(901, { eventDate: '2026-03-06T10:00:00Z' }))}]}`,
      { receivedAt },
    ),
  ]);
  await ingestBatch(deps, [
    page(
      [
        topicRecord(
          restRecord(902, {
            eventDate: '2026-03-07T10:00:00Z',
            entity: { id: 'pushed', name: 'Pushed queue' },
          }),
        ),
      ],
      { path: 'push', receivedAt },
    ),
  ]);
  const rows = await test_.db.sql.query<{ id: string; event_date: Date }>(
    'select id, event_date from change where accountable order by id',
  );
  const verdicts = rows
    .filter((_row, index) => index % 3 === 0)
    .map((row) => ({
      changeId: row.id,
      eventDate: row.event_date,
      linkage: 'linked' as const,
      planning: 'planned_manual' as const,
      reason: null,
      decidedAt: receivedAt,
    }));
  await applyLinkage(test_.db.sql, { orgId: ORG, verdicts });
});
afterAll(() => test_.drop());

async function text(query: Parameters<typeof exportChanges>[1], viewer = admin): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await exportChanges(viewer, query, world())) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

describe('the list', () => {
  test('pages by keyset hold every change once, in order, while new ones arrive', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const answer = await list({ limit: 37, ...(cursor ? { cursor } : {}) });
      seen.push(...answer.items.map((item) => `${item.eventDate} ${item.id}`));
      cursor = answer.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(303);
    expect(seen).toEqual([...seen].sort().reverse());
    expect(new Set(seen).size).toBe(303);
    const oldest = await list({ limit: 500, sort: 'oldest' });
    expect(oldest.items.map((item) => `${item.eventDate} ${item.id}`)).toEqual([...seen].reverse());
  });

  test('D5: a move is told with both divisions, and R6: who, what, old and new are there', async () => {
    const answer = await list({ q: auditId(901) });
    expect(answer.items).toHaveLength(1);
    const [move] = answer.items;
    expect(move?.sentence).toBe(
      `Dana Admin moved User c000…0003 from division d000…000a to division d000…000b`,
    );
    expect(move?.propertyChanges[1]).toMatchObject({
      property: 'divisionId',
      oldValues: [US_SALES],
      newValues: [EMEA_RESTRICTED],
      newNames: [{ id: EMEA_RESTRICTED, name: null, from: 'unresolved' }],
    });
    expect(move?.risk.level).toBe('high');
    expect(move?.ledger).toMatchObject({ index: null, leafHash: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  test('names are found as they were, also with signs that mean something to a pattern', async () => {
    expect((await list({ q: 'ravi' })).items.every((item) => item.actor.name === 'Ravi Agent')).toBe(true);
    expect((await list({ q: '=cmd|' })).items.map((item) => item.id)).toEqual([auditId(900)]);
    expect((await list({ q: '100%_' })).items).toEqual([]);
  });

  test('a provisional change says so', async () => {
    const [pushed] = (await list({ source: ['push'] })).items;
    expect(pushed).toMatchObject({ id: auditId(902), provisional: true, status: null });
  });

  test('a viewer of another organisation sees nothing, whatever is asked', async () => {
    expect((await list({}, foreign)).items).toEqual([]);
    expect((await list({ org: [ORG], q: 'Dana' }, foreign)).items).toEqual([]);
    expect(await viewFacets(foreign, {}, world())).toMatchObject({ total: 0, actors: [] });
    await expect(viewChange(foreign, { id: auditId(1) }, world())).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(viewRawRecord(vault, foreign, { id: auditId(1) }, world())).rejects.toMatchObject({
      code: 'not_found',
    });
    expect(await text({ format: 'jsonl' }, foreign)).toBe('');
    await asViewerRole(test_.db, { orgIds: [], viewerId: 'x' }, async (sql) => {
      expect(await sql.query('select 1 from property_change limit 1')).toEqual([]);
    });
  });

  test('the list is served by an index, as the viewer: no sort, no scan of a month', async () => {
    await test_.owner.query('analyze change');
    const plan = await asViewerRole(test_.db, { orgIds: [ORG], viewerId: 'x' }, async (sql) => {
      await sql.query('set local enable_seqscan = off');
      const where = whereOf({ from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' }, null);
      const { text: statement, values } = listStatement(where, {
        after: { eventDate: '2026-03-20T00:00:00Z', id: auditId(3) },
        sort: 'newest',
        limit: 50,
      });
      const rows = await sql.query<{ 'QUERY PLAN': string }>(`explain ${statement}`, values);
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    });
    expect(plan).toContain('Index Scan Backward');
    expect(plan).not.toContain('Sort');
    expect(plan).not.toContain('Seq Scan');
  });
});

describe('counts', () => {
  const many = <T>(values: readonly T[]) =>
    fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 2 }), { nil: undefined });
  const instants = [
    '2026-03-01T00:00:00Z',
    '2026-03-04T00:00:00Z',
    '2026-03-04T06:00:00Z',
    '2026-03-15T13:00:01Z',
    '2026-03-26T00:00:00Z',
  ];
  const filters = fc.record(
    {
      from: fc.option(fc.constantFrom(...instants.slice(0, 3)), { nil: undefined }),
      to: fc.option(fc.constantFrom(...instants.slice(3)), { nil: undefined }),
      service: many(['ContactCenter', 'Telephony']),
      action: many(['Create', 'Update', 'Delete', 'View']),
      risk: many(['low', 'medium', 'high'] as const),
      linkage: many(['linked', 'unlinked', 'not_applicable'] as const),
      accountable: fc.option(fc.constantFrom('true' as const, 'false' as const), { nil: undefined }),
      excluded: many(['platform', 'read', 'failure'] as const),
      actor: many([DANA, RAVI]),
      q: fc.option(fc.constantFrom('Queue 3', 'Ravi'), { nil: undefined }),
    },
    { requiredKeys: [] },
  );

  test('facets are exact under every filter: the total is the length of the list, a value its list', async () => {
    await fc.assert(
      fc.asyncProperty(filters, async (drawn) => {
        const filter = Object.fromEntries(
          Object.entries(drawn).filter(([, value]) => value !== undefined),
        ) as ChangeFilter;
        const facets = await viewFacets(admin, filter, world());
        expect(facets.total).toBe((await list({ ...filter, limit: 500 })).items.length);
        for (const { value, count } of facets.facets.action)
          expect((await list({ ...filter, action: [value], limit: 500 })).items.length).toBe(count);
        for (const { value, count } of facets.facets.linkage)
          expect((await list({ ...filter, linkage: [value as 'linked'], limit: 500 })).items.length).toBe(
            count,
          );
        for (const { id, count } of facets.actors)
          expect((await list({ ...filter, actor: [id], limit: 500 })).items.length).toBe(count);
      }),
      { numRuns: 25 },
    );
  });

  test('L15: how many platform records are hidden is counted, and they can be shown', async () => {
    const facets = await viewFacets(admin, { accountable: 'false' }, world());
    const platform = facets.facets.excluded.find((one) => one.value === 'platform')?.count;
    expect(platform).toBe((await list({ excluded: ['platform'], limit: 500 })).items.length);
    expect(platform).toBeGreaterThan(50);
  });

  test('volume by day and by hour sum to the total', async () => {
    const filter = { from: '2026-03-01T00:00:00Z', to: '2026-03-27T00:00:00Z' };
    const total = (await viewFacets(admin, filter, world())).total;
    for (const bucket of ['hour', 'day', 'week', 'month'] as const) {
      const volume = await viewVolume(admin, { ...filter, bucket }, world());
      expect(volume.points.reduce((sum, point) => sum + point.total, 0)).toBe(total);
    }
  });
});

describe('detail', () => {
  test('shows how we know: page, offset, sightings, and raw is exact to the byte', async () => {
    const detail = await viewChange(admin, { id: auditId(900) }, world());
    expect(detail.evidence.sightings).toEqual([{ path: 'pull', receivedAt: '2026-03-30T00:00:00Z' }]);
    const raw = await viewRawRecord(vault, admin, { id: auditId(900) }, world());
    expect(sha256Hex(raw.bytes)).toBe(detail.evidence.recordSha256);
    expect(raw.bytes.toString('utf8').startsWith('{\n  "id"')).toBe(true);
    const journal = await test_.owner.query(
      `select action from journal where action = 'change.raw_viewed' and object_id = $1`,
      [auditId(900)],
    );
    expect(journal).toHaveLength(1);
  });

  test('altered bytes are refused, a proof is not there yet', async () => {
    const [key = ''] = [...vault.objects.keys()];
    const held = vault.objects.get(key) ?? Buffer.alloc(0);
    const other = [...vault.objects.entries()].find(([one]) => one !== key)?.[1] ?? Buffer.alloc(0);
    vault.objects.set(key, other);
    await expect(viewRawRecord(vault, admin, { id: auditId(1) }, world())).rejects.toMatchObject({
      code: 'raw_altered',
    });
    vault.objects.set(key, held);
    await expect(viewProof(admin, { id: auditId(1) }, world())).rejects.toMatchObject({
      code: 'not_sealed_yet',
      status: 409,
    });
    await expect(viewProof(admin, { id: 'none' }, world())).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('export', () => {
  test('JSON lines hold exactly the filtered changes in the same order, every value as it is', async () => {
    const filter = { linkage: ['unlinked' as const], action: ['Update', 'Create'] };
    const ids = (await text({ format: 'jsonl', ...filter, columns: ['id'] }))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual((await list({ ...filter, limit: 500 })).items.map((item) => item.id));
    const [odd] = (
      await text({ format: 'jsonl', q: auditId(900), columns: ['entity', 'old_value', 'new_value'] })
    )
      .trim()
      .split('\n');
    expect(JSON.parse(odd ?? '')).toEqual({
      entity: '=cmd|calc',
      old_value: [['\u3000+1']],
      new_value: [['\ufeff@x', 'a"b,c']],
    });
  });

  test('CSV cannot start a formula in a spreadsheet, also behind spaces, marks and full-width signs', async () => {
    const csv = await text({
      format: 'csv',
      q: auditId(900),
      columns: ['admin_user', 'entity', 'old_value', 'new_value'],
      bom: 'true',
    });
    expect(csv).toBe(
      `\ufeffadmin_user,entity,old_value,new_value\n'＝SUM(A1),'=cmd|calc,'\u3000+1,"'\ufeff@x, a""b,c"\n`,
    );
  });

  test('values of a filter cannot leave their quotes', async () => {
    const nasty = `x'; drop table change; --\\`;
    expect((await text({ format: 'csv', q: nasty, service: [nasty], columns: ['id'] })).trim()).toBe('id');
    await expect(text({ format: 'csv', columns: ['id; drop'] })).rejects.toMatchObject({
      code: 'bad_request',
    });
  });
});

describe('coverage, quarantine and schema history', () => {
  test('hours nobody asked for are pending, not zero', async () => {
    const coverage = await viewCoverage(
      admin,
      { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z' },
      world(),
    );
    expect(coverage.hours).toHaveLength(24);
    expect(coverage.totals.pending).toBe(24);
    expect(coverage.completeTo).toBeNull();
  });

  test('L20: a quarantined record is listed with its reason, replayed, and its attempts stay', async () => {
    const bad = restRecord(950, { level: 5 });
    await ingestBatch({ db: test_.db, vault, knowledge: bareKnowledge(ORG) }, [page([bad])]);
    const [held] = (await viewQuarantine(admin, {}, world())).items;
    expect(held).toMatchObject({ reason: 'retyped_field', state: 'open', replays: [] });
    const replay = () =>
      replayQuarantined({ db: test_.db, vault }, { id: held?.id ?? '', orgIds: [ORG], now: new Date() });
    expect(await replay()).toMatchObject({ outcome: 'still_unreadable' });
    const [again] = (await viewQuarantine(admin, { state: 'still_unreadable' }, world())).items;
    expect(again?.replays).toHaveLength(1);
    expect((await viewQuarantine(admin, { state: 'replayed' }, world())).items).toEqual([]);
    expect(
      (await viewObservations(admin, {}, world())).items.map((one) => `${one.kind} ${one.name}`),
    ).toContain('retyped_field level');
    await expect(
      replayQuarantined({ db: test_.db, vault }, { id: held?.id ?? '', orgIds: [OTHER], now: new Date() }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { insertUser } from '@/lib/auth/store/user-rows';
import type { Viewer } from '@/lib/auth/viewer';
import { writeAsViewer } from '@/lib/auth/write-as-viewer';
import { memoryVault } from '@/lib/changes/fixtures/memory-vault';
import { DANA, EMEA_RESTRICTED, moveRecord, ORG, page, RAVI, US_SALES } from '@/lib/changes/fixtures/records';
import { ingestBatch } from '@/lib/changes/ingest/ingest-pages';
import { loadKnowledge } from '@/lib/changes/ingest/load-knowledge';
import type { DirectoryItem } from '@/lib/directory/model/item/describe-item';
import { takeSnapshot } from '@/lib/directory/take-snapshot';
import { addMs, DAY_MS, HOUR_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import type { MoveExport } from '../contract';
import { recordMoves } from '../record-moves';
import { reviewMove } from '../review-move';
import { reviewsOverdue } from '../reviews-overdue';
import { tagDivisions } from '../tag-divisions';
import { viewDivisionTags } from './division-tags';
import { exportMoves } from './export-moves';
import { viewMoves } from './list-moves';
import { viewMove } from './move-detail';
import { viewMoveSummary } from './summarise-moves';

const T = new Date('2026-03-01T14:00:00Z');
const NOW = addMs(T, 20 * DAY_MS);
const ROLE = 'b1000000-0000-4000-8000-000000000001';
const officer: Viewer = {
  kind: 'person',
  id: 'usr_officer',
  name: 'Olga Officer',
  role: 'officer',
  orgIds: [ORG],
};
const mover: Viewer = { ...officer, id: 'usr_dana', name: 'Dana Admin', role: 'admin' };
const foreign: Viewer = { ...officer, orgIds: ['a0000000-0000-4000-8000-000000000099'] };

let database: TestDatabase;
const world = (now = NOW) => ({ db: database.db, now });

async function snapshot(kind: DirectoryKind, days: number, items: readonly DirectoryItem[]): Promise<void> {
  const at = addMs(T, days * DAY_MS);
  const counts = {
    totalBefore: items.length,
    totalAfter: items.length,
    readCount: items.length,
    duplicates: 0,
    pages: 1,
  };
  await takeSnapshot(database.db, {
    orgId: ORG,
    kinds: [kind],
    now: () => at,
    reader: async () => ({ items, startedAt: at, finishedAt: at, outcome: 'complete', ...counts }),
  });
}

const person = (n: number) => `c1000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const holds = (n: number, divisionId: string) => ({
  subjectId: person(n),
  subjectType: 'PC_USER',
  roleId: ROLE,
  divisionId,
});

beforeAll(async () => {
  database = await testDatabase();
  const { db } = database;
  await snapshot('division', -10, [
    { id: US_SALES, name: 'US Sales' },
    { id: EMEA_RESTRICTED, name: 'Restricted' },
  ]);
  await snapshot('user', -10, [
    { id: DANA, name: 'Dana Admin', email: 'Dana@Example.test' },
    { id: RAVI, name: '=Ravi Agent' },
  ]);
  await snapshot('role', -10, [
    {
      id: ROLE,
      name: 'Listener',
      permissionPolicies: [{ domain: 'recording', entityName: 'recording', actionSet: ['view'] }],
    },
  ]);
  // 1 and 2 in the one, 2 and 3 in the other, 4 everywhere besides.
  await snapshot('grant', -10, [
    holds(1, US_SALES),
    holds(2, US_SALES),
    holds(2, EMEA_RESTRICTED),
    holds(3, EMEA_RESTRICTED),
    holds(4, EMEA_RESTRICTED),
    holds(4, '*'),
  ]);
  for (const [id, name, email, role] of [
    ['usr_officer', 'Olga Officer', 'olga@example.test', 'officer'],
    ['usr_dana', 'Dana Admin', 'dana@example.test', 'admin'],
  ] as const)
    await insertUser(db.sql, {
      id,
      name,
      email,
      role,
      orgScope: null,
      state: 'active',
      createdAt: T,
      lastSignInAt: null,
    });
  await writeAsViewer(db, mover, addMs(T, -9 * DAY_MS), ({ tx, by }) =>
    tagDivisions(
      tx.sql,
      {
        org: ORG,
        divisions: [
          { id: US_SALES, region: 'US', sensitivity: 'normal', rank: 1 },
          { id: EMEA_RESTRICTED, region: 'EMEA', sensitivity: 'restricted', rank: 3 },
        ],
      },
      { ...by, orgIds: [ORG] },
    ),
  );
  const records = Array.from({ length: 12 }, (_, index) =>
    moveRecord(index + 1, {
      eventDate: addMs(T, index * HOUR_MS).toISOString(),
      ...(index % 4 === 3 ? { entity: { id: DANA } } : {}),
      ...(index % 2
        ? {
            propertyChanges: [
              { property: 'divisionId', oldValues: [EMEA_RESTRICTED], newValues: [US_SALES] },
            ],
          }
        : {}),
    }),
  );
  const knowledge = await loadKnowledge(db.sql, ORG, NOW);
  await ingestBatch({ db, vault: memoryVault(), knowledge }, [
    page(records, { receivedAt: addMs(T, DAY_MS) }),
  ]);
  const policy = {
    ipAllowList: ['192.0.2.0/24'],
    moveReview: { days: 14, applies: 'cross_division' as const },
  };
  await recordMoves(db, { orgId: ORG, policy, now: NOW });
  await snapshot('division', 5, [{ id: US_SALES, name: 'Americas Sales' }]);
});
afterAll(() => database?.drop());

async function exported(query: Partial<MoveExport> & Pick<MoveExport, 'format'>, now = NOW): Promise<Buffer> {
  return Buffer.concat(await (await exportMoves(officer, query, world(now))).toArray());
}

describe('the list', () => {
  test('D1: pages by keyset hold every move once, newest first, and a viewer of another organisation sees none', async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const got = await viewMoves(officer, { limit: 5, ...(cursor ? { cursor } : {}) }, world());
      ids.push(...got.items.map((item) => item.id));
      cursor = got.nextCursor ?? undefined;
    } while (cursor);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
    expect((await viewMoves(foreign, {}, world())).items).toEqual([]);
  });

  test('D5, D23, D24: the names are those of the moment, and what became of the divisions since stands beside them', async () => {
    const { items } = await viewMoves(officer, { limit: 1, sort: 'oldest' }, world());
    expect(items[0]).toMatchObject({
      sentence: 'Dana Admin moved =Ravi Agent from US Sales to Restricted',
      sourceDivisionName: 'US Sales',
      sourceDivision: { name: 'US Sales', since: { renamedTo: 'Americas Sales', deleted: false } },
      targetDivision: { name: 'Restricted', since: { renamedTo: null, deleted: true } },
      boundaryCross: true,
      boundaryBecause: 'from region US to region EMEA',
      restricted: true,
      direction: 'up',
      addressFlags: [{ flag: 'outside_allow_list', because: '203.0.113.24 is outside the allow-list' }],
      review: { state: 'overdue' },
      why: null,
      linkage: 'unlinked',
    });
  });

  test('every figure of the summary is the number of rows its filter lists', async () => {
    const summary = await viewMoveSummary(officer, {}, world());
    const count = async (query: Parameters<typeof viewMoves>[1]) =>
      (await viewMoves(officer, { ...query, limit: 500 }, world())).items.length;
    expect({
      total: summary.total,
      self: summary.self,
      boundaryCross: summary.boundaryCross,
      boundaryNotEvaluated: summary.boundaryNotEvaluated,
      restricted: summary.restricted,
      pending: summary.pending,
      overdue: summary.overdue,
      unlinked: summary.unlinked,
      flaggedAddress: summary.flaggedAddress,
      unaudited: summary.unaudited,
    }).toEqual({
      total: await count({}),
      self: await count({ self: 'true' }),
      boundaryCross: await count({ boundary: ['cross'] }),
      boundaryNotEvaluated: await count({ boundary: ['not_evaluated'] }),
      restricted: await count({ restricted: 'true' }),
      pending: await count({ review: ['pending'] }),
      overdue: await count({ review: ['overdue'] }),
      unlinked: await count({ linkage: ['unlinked'] }),
      flaggedAddress: await count({ address: ['outside_allow_list', 'new_for_person'] }),
      unaudited: await count({ source: ['snapshot_diff'] }),
    });
    expect(summary.self).toBe(3);
    expect(summary.series.reduce((sum, point) => sum + point.count, 0)).toBe(12);
    expect([...summary.flows].sort((a, b) => ((a.from ?? '') < (b.from ?? '') ? -1 : 1))).toEqual([
      { from: 'Restricted', to: 'US Sales', count: 6 },
      { from: 'US Sales', to: 'Restricted', count: 6 },
    ]);
  });

  test.each<[string, Parameters<typeof viewMoves>[1], number]>([
    ['a division on either side', { division: [EMEA_RESTRICTED] }, 12],
    ['the moved object', { target: DANA }, 3],
    ['part of a name', { q: 'ravi' }, 9],
    ['signs that a pattern would read', { q: '%' }, 0],
    ['a period', { from: T.toISOString(), to: addMs(T, 2 * HOUR_MS).toISOString() }, 2],
    ['a type', { type: ['Queue'] }, 0],
    ['not into restricted ones', { restricted: 'false' }, 6],
  ])('is filtered by %s', async (_name, query, rows) => {
    expect((await viewMoves(officer, { ...query, limit: 500 }, world())).items).toHaveLength(rows);
  });
});

describe('one move', () => {
  test('D31, D32: who gains and loses access is counted from the grants of that moment; who holds the role everywhere is left out', async () => {
    const [newest] = (await viewMoves(officer, { restricted: 'true', limit: 1 }, world())).items;
    const { effect } = await viewMove(officer, { id: newest?.id ?? '' }, world());
    const role = { roleId: ROLE, roleName: 'Listener', subjects: 1, allows: ['recordings'] };
    expect(effect.opens?.roles).toEqual([role]);
    expect(effect.closes?.roles).toEqual([role]);
    expect(effect.opens?.sentence).toBe(
      'One holder of a role in Restricted can now reach =Ravi Agent; their roles reach recordings',
    );
  });

  test('one that is not there, or of another organisation, is not found', async () => {
    const [one] = (await viewMoves(officer, { limit: 1 }, world())).items;
    await expect(viewMove(foreign, { id: one?.id ?? '' }, world())).rejects.toMatchObject({
      code: 'not_found',
    });
  });
});

describe('reviews', () => {
  const review = (viewer: Viewer, moveId: string, outcome: 'approved' | 'rejected' = 'approved') =>
    writeAsViewer(database.db, viewer, NOW, ({ tx, by }) =>
      reviewMove(
        tx.sql,
        { moveId, outcome, comment: 'Asked for by the desk' },
        { ...by, orgIds: viewer.orgIds },
      ),
    );

  test('D18: pending until its due date, then overdue, then what a person said; the outcome is kept and journaled', async () => {
    const [first] = (await viewMoves(officer, { limit: 1, sort: 'oldest' }, world(addMs(T, 2 * DAY_MS))))
      .items;
    expect(first?.review).toMatchObject({
      state: 'pending',
      dueAt: addMs(T, 15 * DAY_MS)
        .toISOString()
        .replace('.000', ''),
    });
    expect(await reviewsOverdue(database.db.sql, { orgId: ORG, now: NOW })).toHaveLength(12);
    await review(officer, first?.id ?? '');
    const detail = await viewMove(officer, { id: first?.id ?? '' }, world());
    expect(detail.review).toMatchObject({
      state: 'approved',
      reviewer: 'Olga Officer',
      comment: 'Asked for by the desk',
    });
    expect(detail.reviews).toHaveLength(1);
    expect(await reviewsOverdue(database.db.sql, { orgId: ORG, now: NOW })).toHaveLength(11);
    const journal = await database.owner.query(
      `select from journal where action = 'division_move.reviewed' and object_id = $1`,
      [first?.id],
    );
    expect(journal).toHaveLength(1);
  });

  test('D18: whoever made the move may not review it, known by the e-mail address the platform has for them', async () => {
    const [one] = (await viewMoves(mover, { limit: 1 }, world())).items;
    const because = 'Whoever made a move may not review it: ask somebody else.';
    expect((await viewMove(mover, { id: one?.id ?? '' }, world())).mayReview).toEqual({
      allowed: false,
      because,
    });
    await expect(review(mover, one?.id ?? '')).rejects.toMatchObject({ code: 'forbidden', hint: because });
    expect((await viewMove(officer, { id: one?.id ?? '' }, world())).mayReview).toEqual({
      allowed: true,
      because: null,
    });
  });

  test('a key is no person, and an auditor’s role does not review', async () => {
    const [one] = (await viewMoves(officer, { limit: 1 }, world())).items;
    await expect(review({ ...officer, kind: 'api_key', id: 'key_1' }, one?.id ?? '')).rejects.toMatchObject({
      code: 'forbidden',
    });
    const { mayReview } = await viewMove({ ...officer, role: 'auditor' }, { id: one?.id ?? '' }, world());
    expect(mayReview.because).toBe('The role auditor does not review moves.');
  });

  test('what was said cannot be changed', async () => {
    await expect(database.db.sql.query(`update move_review set outcome = 'rejected'`)).rejects.toThrow();
    await expect(database.owner.query('delete from move_review')).rejects.toThrow(/append-only/);
  });
});

describe('the report', () => {
  test('D12, D15: CSV begins with the fields as the customer names them; a missing why is visible; no value is a formula', async () => {
    const lines = (await exported({ format: 'csv' })).toString().trim().split('\n');
    expect(lines).toHaveLength(13);
    expect(lines[0]).toMatch(
      /^timestamp,adminUser,targetResource,sourceDivisionName,targetDivisionName,clientIp,why,/,
    );
    expect(lines.at(-1)).toMatch(
      /^2026-03-01T14:00:00Z,Dana Admin,User =Ravi Agent,US Sales,Restricted,203.0.113.24,no reason found,unlinked,/,
    );
    expect(lines.some((line) => /(^|,)"?[=+@]/.test(line))).toBe(false);
  });

  test('D12: without a period it holds the last twelve months, and not more', async () => {
    const later = addMs(T, 370 * DAY_MS);
    expect((await exported({ format: 'csv' }, later)).toString().trim().split('\n')).toHaveLength(1);
    expect((await exported({ format: 'csv', bom: 'true' })).subarray(0, 3).toString('hex')).toBe('efbbbf');
  });

  test('D15: JSON lines keep values as they are', async () => {
    const rows = (await exported({ format: 'jsonl', self: 'true' }))
      .toString()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatchObject({
      targetResource: { type: 'User', id: DANA, name: 'Dana Admin' },
      why: null,
      selfMove: true,
      boundaryCross: true,
      clientIpFlags: [{ flag: 'outside_allow_list' }],
    });
  });

  test('D12, D15: the PDF is PDF/A, the same bytes for the same rows', async () => {
    const [first, again] = [await exported({ format: 'pdf' }), await exported({ format: 'pdf' })];
    expect(first.subarray(0, 5).toString()).toBe('%PDF-');
    expect(first.equals(again)).toBe(true);
    expect((await exported({ format: 'pdf', type: ['Queue'] })).length).toBeGreaterThan(5_000);
  });

  test('more than 5,000 moves are no PDF, and the refusal says what to do', async () => {
    await database.db.sql.query(
      `insert into division_move
       select x.* from (select to_jsonb(m) as j, m.at from division_move m order by id limit 1) m, generate_series(1, 5000) g,
         jsonb_populate_record(null::division_move, m.j || jsonb_build_object('id', 'mov_x' || g, 'at', m.at + g * interval '1 second')) x`,
    );
    await expect(exportMoves(officer, { format: 'pdf' }, world())).rejects.toMatchObject({
      code: 'bad_request',
      hint: 'Narrow the period or the filter, or take the CSV.',
    });
    expect((await exported({ format: 'csv' })).toString().trim().split('\n')).toHaveLength(5013);
    await database.db.sql.query(`delete from division_move where id like 'mov_x%'`);
  });

  test('an export is journaled before it begins, and an operator may not', async () => {
    const rows = await database.owner.query(`select from journal where action = 'moves.exported'`);
    expect(rows.length).toBeGreaterThan(3);
    await expect(
      exportMoves({ ...officer, role: 'operator' }, { format: 'csv' }, world()),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('division tags', () => {
  test('D17, D19: what a name suggests is suggested and never assumed; what is set holds from then on', async () => {
    const { items } = await viewDivisionTags(mover, undefined, world());
    expect(
      items.map((item) => [
        item.name,
        item.deleted,
        item.tag?.sensitivity,
        item.tag?.region,
        item.tag?.setBy,
      ]),
    ).toEqual([
      ['Americas Sales', false, 'normal', 'US', 'Dana Admin'],
      ['Restricted', true, 'restricted', 'EMEA', 'Dana Admin'],
    ]);
    await writeAsViewer(database.db, mover, NOW, ({ tx, by }) =>
      tagDivisions(tx.sql, { org: ORG, divisions: [] }, { ...by, orgIds: [ORG] }),
    );
    const after = await viewDivisionTags(mover, undefined, world(addMs(NOW, 1000)));
    expect(after.items.map((item) => [item.name, item.tag, item.suggested])).toEqual([
      ['Americas Sales', null, null],
      ['Restricted', null, 'restricted'],
    ]);
    const [first] = (await viewMoves(officer, { limit: 1, sort: 'oldest' }, world())).items;
    expect(first?.restricted).toBe(true);
  });

  test('divisions of another organisation are not for this viewer to tag', async () => {
    await expect(
      writeAsViewer(database.db, mover, NOW, ({ tx, by }) =>
        tagDivisions(tx.sql, { org: foreign.orgIds[0] ?? '', divisions: [] }, { ...by, orgIds: [ORG] }),
      ),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});

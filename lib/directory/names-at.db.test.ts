import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { addMs, DAY_MS, HOUR_MS, MINUTE_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { knownClients } from './known-clients';
import { lookUpNames, wantLookUps } from './look-up-name';
import type { TaughtFact } from './model/fold-events';
import { candidatesAt, LOOKUP_REACH_MS, nameAt } from './model/name-at';
import type { Provenance, Version } from './model/version';
import { namesAt } from './names-at';
import { recordFromEvents } from './record-from-events';
import { insertVersions } from './store/version-rows';
import { takeSnapshot } from './take-snapshot';

const DAY_1 = new Date('2026-10-01T02:00:00Z');
const day = (n: number) => addMs(DAY_1, (n - 1) * DAY_MS);
const DIVISION = 'd0000000-0000-4000-8000-00000000000a';

let test: TestDatabase;
let orgId: string;
let orgs = 0;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  orgs++;
  orgId = `b0000000-0000-4000-8000-${String(orgs).padStart(12, '0')}`;
});

async function snapshot(n: number, kind: DirectoryKind, items: readonly Record<string, unknown>[]) {
  const total = items.length;
  const counts = { totalBefore: total, totalAfter: total, readCount: total, duplicates: 0, pages: 1 };
  const { runs } = await takeSnapshot(test.db, {
    orgId,
    kinds: [kind],
    now: () => day(n),
    reader: async () => ({ items, startedAt: day(n), finishedAt: day(n), outcome: 'complete', ...counts }),
  });
  return runs[0];
}
async function name(id: string, at: Date, kind?: DirectoryKind) {
  const [found] = await namesAt(test.db.sql, orgId, [{ id, at, kind }]);
  return found && [found.name, found.from, found.knownFrom];
}
const teach = (facts: readonly Omit<TaughtFact, 'kind'>[], kind: DirectoryKind = 'division') =>
  test.db.transaction((sql) =>
    recordFromEvents(sql, { orgId, facts: facts.map((fact) => ({ ...fact, kind })), now: new Date() }),
  );

describe('the name of the moment', () => {
  it('X5, D23, D24: a division renamed and then deleted keeps last month its old name, and says why', async () => {
    await snapshot(1, 'division', [{ id: DIVISION, name: 'US Sales' }]);
    await snapshot(10, 'division', [{ id: DIVISION, name: 'US Retail' }]);
    await snapshot(20, 'division', []);
    expect(await name(DIVISION, day(5))).toEqual(['US Sales', 'snapshot', '2026-10-01T02:00:00Z']);
    expect(await name(DIVISION, day(15))).toEqual(['US Retail', 'snapshot', '2026-10-10T02:00:00Z']);
    expect(await name(DIVISION, day(40))).toEqual(['US Retail', 'earlier_snapshot', '2026-10-10T02:00:00Z']);
    expect(await name(DIVISION, addMs(day(1), -HOUR_MS))).toEqual([null, 'unresolved', null]);
  });

  it('R25: a deleted thing is named by the snapshot of the day before its deletion', async () => {
    await snapshot(1, 'flow', [{ id: 'f1', name: 'Night menu' }]);
    const deletedAt = addMs(day(1), 9 * HOUR_MS);
    await snapshot(2, 'flow', []);
    expect(await name('f1', deletedAt)).toEqual(['Night menu', 'snapshot', '2026-10-01T02:00:00Z']);
  });

  it('R26: created and deleted between two snapshots: the name of its own create record, or none', async () => {
    await snapshot(1, 'division', []);
    const at = addMs(day(1), HOUR_MS);
    await teach([
      { entityId: 'told', action: 'created', name: 'Pop-up', at, changeId: 'c1' },
      { entityId: 'told', action: 'deleted', name: null, at: addMs(at, HOUR_MS), changeId: 'c2' },
      { entityId: 'mute', action: 'created', name: '', at, changeId: 'c3' },
      { entityId: 'mute', action: 'deleted', name: null, at: addMs(at, HOUR_MS), changeId: 'c4' },
    ]);
    await snapshot(2, 'division', []);
    expect(await name('told', addMs(at, MINUTE_MS))).toEqual([
      'Pop-up',
      'create_event',
      '2026-10-01T03:00:00Z',
    ]);
    expect(await name('told', addMs(at, -MINUTE_MS))).toEqual([null, 'unresolved', null]);
    expect(await name('mute', addMs(at, MINUTE_MS))).toEqual([null, 'unresolved', null]);
    expect(await name('never heard of', at)).toEqual([null, 'unresolved', null]);
  });

  it('a rename told by a record counts from its second, and the next snapshot finds nothing new', async () => {
    await snapshot(1, 'queue', [{ id: 'q1', name: 'Billing', division: { id: DIVISION }, acw: 30 }]);
    const at = addMs(day(1), 5 * HOUR_MS);
    const rename = { entityId: 'q1', action: 'renamed', name: 'Billing EU', at, changeId: 'c1' } as const;
    expect(await teach([rename], 'queue')).toBe(1);
    expect(await teach([rename], 'queue')).toBe(0);
    const next = await snapshot(2, 'queue', [
      { id: 'q1', name: 'Billing EU', division: { id: DIVISION }, acw: 30 },
    ]);
    expect(next).toMatchObject({ added: 0, changed: 0, removed: 0 });
    expect(await name('q1', addMs(at, -1000))).toEqual(['Billing', 'snapshot', '2026-10-01T02:00:00Z']);
    expect(await name('q1', at)).toEqual(['Billing EU', 'record', '2026-10-01T07:00:00Z']);
    const [found] = await namesAt(test.db.sql, orgId, [{ id: 'q1', at: day(2) }]);
    expect(found).toMatchObject({ kind: 'queue', divisionId: DIVISION, changeId: 'c1' });
  });

  it('a record that comes late still finds its place in history', async () => {
    await snapshot(1, 'queue', [{ id: 'q1', name: 'A' }]);
    await snapshot(2, 'queue', [{ id: 'q1', name: 'B' }]);
    const at = addMs(day(1), HOUR_MS);
    await teach([{ entityId: 'q1', action: 'renamed', name: 'B', at, changeId: 'c1' }], 'queue');
    expect(await name('q1', addMs(at, 1000))).toEqual(['B', 'record', '2026-10-01T03:00:00Z']);
    expect(await name('q1', day(3))).toEqual(['B', 'snapshot', '2026-10-02T02:00:00Z']);
  });

  it('ids of other kinds and organisations are not mistaken for it', async () => {
    await snapshot(1, 'division', [{ id: DIVISION, name: 'US' }]);
    expect(await name(DIVISION, day(2), 'user')).toEqual([null, 'unresolved', null]);
    const other = 'c0000000-0000-4000-8000-000000000009';
    expect((await namesAt(test.db.sql, other, [{ id: DIVISION, at: day(2) }]))[0]?.name).toBeNull();
  });

  it('thousands of refs come back in their order', async () => {
    await snapshot(
      1,
      'user',
      Array.from({ length: 300 }, (_, n) => ({ id: `u${n}`, name: `User ${n}` })),
    );
    const refs = Array.from({ length: 12_000 }, (_, n) => ({ id: `u${n % 400}`, at: addMs(day(1), n) }));
    const names = await namesAt(test.db.sql, orgId, refs);
    expect(names.map((one) => one.name)).toEqual(
      refs.map((ref) => (Number(ref.id.slice(1)) < 300 ? `User ${ref.id.slice(1)}` : null)),
    );
  });

  it('whatever the versions, the statement finds what the rule says', async () => {
    const some = fc.record({
      hour: fc.integer({ min: 0, max: 30 }),
      seq: fc.integer({ min: 0, max: 1 }),
      name: fc.option(fc.constantFrom('A', 'B'), { nil: null }),
      state: fc.constantFrom<Version['state']>('present', 'deleted'),
      provenance: fc.constantFrom<Provenance>('snapshot', 'event', 'lookup'),
    });
    const timelines = fc.sample(
      fc.uniqueArray(some, { selector: (v) => `${v.hour}/${v.seq}`, maxLength: 6 }),
      150,
    );
    const known = timelines.map((list, entity) =>
      list.map(({ hour, ...more }, index) => ({
        ...more,
        kind: 'queue' as const,
        entityId: `e${entity}`,
        validFrom: addMs(DAY_1, hour * HOUR_MS),
        divisionId: null,
        parentId: null,
        snapshotId: more.provenance === 'snapshot' ? 'snp_1' : null,
        changeId: more.provenance === 'event' ? `c${entity}.${index}` : null,
        toldBy: more.provenance === 'event' ? ('renamed' as const) : null,
        content: canonicalJson({
          divisionId: null,
          item: {},
          name: more.name,
          parentId: null,
          state: more.state,
        }),
      })),
    );
    await insertVersions(test.db.sql, { orgId, versions: known.flat(), receivedAt: new Date() });
    const refs = timelines.flatMap((_, entity) =>
      [0, 7, 15, 31].map((hour) => ({ id: `e${entity}`, entity, at: addMs(DAY_1, hour * HOUR_MS) })),
    );
    const names = await namesAt(test.db.sql, orgId, refs);
    expect(names).toEqual(refs.map((ref) => nameAt(ref.id, candidatesAt(known[ref.entity] ?? [], ref.at))));
  });
});

describe('looking a name up', () => {
  it('D7: a failed look-up leaves the id unresolved and is tried again until it is answered', async () => {
    const at = addMs(day(1), HOUR_MS);
    await test.db.transaction((sql) =>
      wantLookUps(sql, { orgId, wanted: [{ kind: 'division', id: DIVISION, at }], now: at }),
    );
    let now = addMs(at, MINUTE_MS);
    const failing = () => Promise.reject(new Error('cannot look up a division: 503'));
    const tryWith = (ask: Parameters<typeof lookUpNames>[1]['ask']) =>
      lookUpNames(test.db, { orgId, ask, now: () => now });
    expect(await tryWith(failing)).toEqual({ found: 0, waiting: 1, unresolved: 0 });
    expect(await name(DIVISION, at)).toEqual([null, 'unresolved', null]);
    expect(await tryWith(failing)).toEqual({ found: 0, waiting: 0, unresolved: 0 });
    now = addMs(now, 5 * MINUTE_MS);
    expect(await tryWith(async () => ({ id: DIVISION, name: 'Fresh' }))).toEqual({
      found: 1,
      waiting: 0,
      unresolved: 0,
    });
    expect(await name(DIVISION, at)).toEqual(['Fresh', 'platform_lookup', '2026-10-01T03:06:00Z']);
    expect(await name(DIVISION, addMs(at, -LOOKUP_REACH_MS))).toEqual([null, 'unresolved', null]);
    expect(await snapshot(2, 'division', [{ id: DIVISION, name: 'Fresh' }])).toMatchObject({
      changed: 0,
      added: 0,
    });
  });

  it('D7: an answer that would come too late is not asked for, and what stays unknown is given up in time', async () => {
    const at = day(1);
    const want = (now: Date) =>
      test.db.transaction((sql) =>
        wantLookUps(sql, { orgId, wanted: [{ kind: 'division', id: DIVISION, at }], now }),
      );
    expect(await want(addMs(at, DAY_MS))).toBe(0);
    expect(await want(at)).toBe(1);
    const late = addMs(at, LOOKUP_REACH_MS - 10 * MINUTE_MS);
    const ask = async () => null;
    expect(await lookUpNames(test.db, { orgId, ask, now: () => late })).toEqual({
      found: 0,
      waiting: 1,
      unresolved: 0,
    });
    const last = addMs(at, LOOKUP_REACH_MS);
    expect(await lookUpNames(test.db, { orgId, ask, now: () => last })).toEqual({
      found: 0,
      waiting: 0,
      unresolved: 1,
    });
  });
});

describe('known clients', () => {
  it('deleted ones are remembered, with how they sign in', async () => {
    await snapshot(1, 'oauth_client', [
      { id: 'c1', name: 'Pipeline', authorizedGrantType: 'CLIENT-CREDENTIALS', secret: 'LEAK' },
      { id: 'c2', name: 'Portal', authorizedGrantType: 'CODE' },
    ]);
    await snapshot(2, 'oauth_client', [
      { id: 'c2', name: 'Portal', authorizedGrantType: 'CODE', createdBy: { id: 'p1', name: 'Pia' } },
    ]);
    expect(
      [...(await knownClients(test.db.sql, orgId)).values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    ).toEqual([
      { id: 'c1', name: 'Pipeline', grantType: 'CLIENT-CREDENTIALS', present: false, createdBy: null },
      { id: 'c2', name: 'Portal', grantType: 'CODE', present: true, createdBy: 'p1' },
    ]);
    const bodies = await test.db.sql.query<{ body: string }>(
      'select body from directory_version where org_id = $1',
      [orgId],
    );
    expect(bodies.some((row) => row.body.includes('LEAK'))).toBe(false);
  });
});

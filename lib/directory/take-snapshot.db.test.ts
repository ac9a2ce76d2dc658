import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { leafHash, sha256 } from '@/lib/kernel/hash';
import { addMs, DAY_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { membersAsOf, organisationAsOf } from './find-as-of';
import { versionFactId } from './model/version-record';
import { rebuildHeads } from './rebuild-heads';
import { type SnapshotListing, takeSnapshot } from './take-snapshot';

const DAY_1 = new Date('2026-10-01T02:00:00Z');
const day = (n: number) => addMs(DAY_1, (n - 1) * DAY_MS);

let test: TestDatabase;
let orgId: string;
let orgs = 0;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());
beforeEach(() => {
  orgs++;
  orgId = `a0000000-0000-4000-8000-${String(orgs).padStart(12, '0')}`;
});

type Item = Record<string, unknown>;
function listing(
  items: SnapshotListing['items'],
  total: number,
  more: Partial<SnapshotListing> = {},
): SnapshotListing {
  return {
    items,
    startedAt: DAY_1,
    finishedAt: DAY_1,
    totalBefore: total,
    totalAfter: total,
    readCount: total,
    duplicates: 0,
    pages: 1,
    outcome: 'complete',
    ...more,
  };
}
function snapshot(
  n: number,
  kind: DirectoryKind,
  items: readonly Item[],
  more: Partial<SnapshotListing> = {},
) {
  return takeSnapshot(test.db, {
    orgId,
    kinds: [kind],
    now: () => day(n),
    reader: async () => listing(items, items.length, more),
  }).then(({ runs }) => runs[0]);
}
const versions = (columns = '*') =>
  test.db.sql.query<Record<string, unknown>>(
    `select ${columns} from directory_version where org_id = $1 order by kind, entity_id, valid_from, seq`,
    [orgId],
  );

describe('taking snapshots', () => {
  const us = { id: 'd1', name: 'US' };
  const emea = { id: 'd2', name: 'EMEA' };

  it('D22, R24: a day on which nothing changed costs one run and no version', async () => {
    expect(await snapshot(1, 'division', [us, emea])).toMatchObject({
      outcome: 'complete',
      added: 2,
      presentAfter: 2,
    });
    const second = await snapshot(2, 'division', [{ ...emea, version: 9, selfUri: '/x' }, us]);
    expect(second).toMatchObject({ outcome: 'complete', added: 0, changed: 0, removed: 0, presentAfter: 2 });
    expect(await versions()).toHaveLength(2);
    const before = await test.db.sql.query(
      'select xmin::text, * from directory_head where org_id = $1 order by entity_id',
      [orgId],
    );
    await snapshot(3, 'division', [us, emea]);
    const after = await test.db.sql.query(
      'select xmin::text, * from directory_head where org_id = $1 order by entity_id',
      [orgId],
    );
    expect(after).toEqual(before);
  });

  it('D23, D24: a rename begins a version and a deletion a tombstone that keeps the name', async () => {
    await snapshot(1, 'division', [us, emea]);
    expect(await snapshot(2, 'division', [us, { ...emea, name: 'EMEA North' }])).toMatchObject({
      changed: 1,
    });
    expect(await snapshot(3, 'division', [us])).toMatchObject({ removed: 1, presentAfter: 1 });
    expect(await versions('entity_id, name, state, valid_from')).toEqual([
      { entity_id: 'd1', name: 'US', state: 'present', valid_from: day(1) },
      { entity_id: 'd2', name: 'EMEA', state: 'present', valid_from: day(1) },
      { entity_id: 'd2', name: 'EMEA North', state: 'present', valid_from: day(2) },
      { entity_id: 'd2', name: 'EMEA North', state: 'deleted', valid_from: day(3) },
    ]);
  });

  it('I22: 50 of 1,500 is partial, says so, and closes nothing', async () => {
    const users = Array.from({ length: 1500 }, (_, n) => ({ id: `u${n}`, name: `User ${n}` }));
    await snapshot(1, 'user', users);
    const cut = await snapshot(2, 'user', users.slice(0, 50), { totalBefore: 1500, totalAfter: 1500 });
    expect(cut).toMatchObject({
      outcome: 'partial',
      because: 'read 50 of 1,500',
      removed: 0,
      presentAfter: 1500,
    });
    expect(await versions()).toHaveLength(1500);
  });

  it('a kind that could not be read closes nothing, and the other kinds are read', async () => {
    await snapshot(1, 'division', [us]);
    const result = await takeSnapshot(test.db, {
      orgId,
      kinds: ['division', 'skill', 'queue', 'flow'],
      now: () => day(2),
      reader: async (kind) => {
        if (kind === 'division') throw new Error('cannot reach the platform');
        if (kind === 'queue')
          return listing([], 0, {
            outcome: 'not_evaluated',
            because: 'permission routing:queue:view is missing',
          });
        if (kind === 'flow') return listing(breaking(), 1);
        return listing([{ id: 's1', name: 'Billing' }], 1);
      },
    });
    expect(result.outcome).toBe('partial');
    expect(result.runs.map((run) => [run.kind, run.outcome, run.because, run.presentAfter])).toEqual([
      ['division', 'failed', 'cannot reach the platform', 1],
      ['skill', 'complete', null, 1],
      ['queue', 'not_evaluated', 'permission routing:queue:view is missing', 0],
      ['flow', 'failed', 'cut off', 0],
    ]);
    const { kinds } = await organisationAsOf(test.db.sql, orgId, day(2));
    const present = (kind: DirectoryKind) => kinds.find((one) => one.kind === kind)?.present;
    expect([present('skill'), present('division'), present('queue')]).toEqual([1, 1, null]);
  });

  it('I25: a list that moves while it is read is read again until it stands still', async () => {
    let reading = 0;
    const { runs } = await takeSnapshot(test.db, {
      orgId,
      kinds: ['user'],
      now: () => day(1),
      reader: async () => {
        reading++;
        const first = [
          { id: 'u1', name: 'A' },
          { id: 'u2', name: 'B' },
          { id: 'u1', name: 'A' },
        ];
        return reading === 1
          ? listing(first, 2, { totalAfter: 3, readCount: 3, duplicates: 1 })
          : listing([...first, { id: 'u3', name: 'C' }], 3, { readCount: 4, duplicates: 1 });
      },
    });
    expect(runs[0]).toMatchObject({ outcome: 'complete', attempts: 2, added: 3, duplicates: 1 });
    expect(await versions()).toHaveLength(3);
  });

  it('I25: a list that never stands still is partial', async () => {
    const moving = await snapshot(1, 'user', [{ id: 'u1' }], { totalBefore: 1, totalAfter: 2 });
    expect(moving).toMatchObject({
      outcome: 'partial',
      attempts: 3,
      because: 'the total moved from 1 to 2 while it was read',
    });
  });

  it('the same instant again gives the run that is there; an earlier one is refused', async () => {
    const first = await snapshot(2, 'division', [us]);
    expect(await snapshot(2, 'division', [])).toEqual(first);
    await expect(snapshot(1, 'division', [us])).rejects.toMatchObject({ code: 'snapshot_out_of_order' });
  });

  it('two snapshots at once leave one history', async () => {
    const runs = await Promise.allSettled([
      snapshot(1, 'division', [us, emea]),
      snapshot(1, 'division', [us, emea]),
    ]);
    expect(runs.map((run) => run.status)).toEqual(['fulfilled', 'fulfilled']);
    expect(await versions()).toHaveLength(2);
    expect(await test.db.sql.query('select 1 from snapshot_run where org_id = $1', [orgId])).toHaveLength(1);
  });

  it('what is written can be sealed: the leaf covers the stored body', async () => {
    await snapshot(1, 'division', [us]);
    const [row] = await test.db.sql.query<{
      body: string;
      sha256: Buffer;
      content_sha256: Buffer;
      salt: Buffer;
      leaf_hash: Buffer;
      received_at: Date;
    }>('select * from directory_version where org_id = $1', [orgId]);
    if (!row) throw new Error('no row');
    const factId = versionFactId({ kind: 'division', entityId: 'd1', validFrom: day(1), seq: 0 });
    const leaf = {
      kind: 'directory_version',
      orgId,
      factId,
      receivedAt: row.received_at,
      salt: row.salt,
      contentSha256: row.sha256,
    };
    expect(sha256(row.body)).toEqual(row.sha256);
    expect(leafHash(leaf)).toEqual(row.leaf_hash);
    expect(sha256(JSON.stringify(JSON.parse(row.body).content))).toEqual(row.content_sha256);
    await expect(
      test.db.sql.query(`update directory_version set name = 'x' where org_id = $1`, [orgId]),
    ).rejects.toThrow();
    await expect(test.owner.query(`delete from snapshot_run where org_id = $1`, [orgId])).rejects.toThrow(
      /append-only/,
    );
  });

  it('heads are opinions: dropped and made again they are the same', async () => {
    await snapshot(1, 'division', [us, emea]);
    await snapshot(2, 'division', [{ ...us, name: 'USA' }]);
    const heads = () =>
      test.db.sql.query('select * from directory_head where org_id = $1 order by kind, entity_id', [orgId]);
    const before = await heads();
    await test.db.sql.query('delete from directory_head where org_id = $1', [orgId]);
    expect(await rebuildHeads(test.db, orgId)).toBe(2);
    expect(await heads()).toEqual(before);
  });

  it('D25, I22: 1,501 holders of a role are all found, a page at a time, as of any day', async () => {
    const grants = Array.from({ length: 1501 }, (_, n) => ({
      subjectId: `u${String(n).padStart(4, '0')}`,
      subjectType: 'PC_USER',
      roleId: 'r1',
      divisionId: '*',
    }));
    await snapshot(1, 'grant', [...grants, { ...grants[0], roleId: 'r2' }]);
    await snapshot(2, 'grant', grants.slice(0, 3));
    const read = async (at: Date) => {
      const ids: string[] = [];
      for (;;) {
        const last = ids.at(-1);
        const after = last === undefined ? undefined : ({ kind: 'grant', entityId: last } as const);
        const page = await membersAsOf(test.db.sql, { orgId, kind: 'role', id: 'r1' }, at, {
          after,
          limit: 500,
        });
        ids.push(...page.map((one) => one.entityId));
        if (page.length < 500) return ids;
      }
    };
    const first = await read(day(1));
    expect(new Set(first).size).toBe(1501);
    expect(await read(addMs(day(2), -1))).toEqual(first);
    expect(await read(day(2))).toHaveLength(3);
    expect(await read(addMs(day(1), -1))).toEqual([]);
  });

  it('the last token moves every day without a version', async () => {
    const user = (at: string) => [{ id: 'u1', name: 'A', lastTokenIssued: { dateIssued: at } }];
    await snapshot(1, 'user', user('2026-09-30T08:00:00Z'));
    await snapshot(2, 'user', user('2026-10-01T08:00:00Z'));
    await snapshot(3, 'user', user('2026-09-01T08:00:00Z'));
    expect(await versions()).toHaveLength(1);
    const [row] = await test.db.sql.query('select last_token_at from user_activity where org_id = $1', [
      orgId,
    ]);
    expect(row).toEqual({ last_token_at: new Date('2026-10-01T08:00:00Z') });
  });
});

async function* breaking(): AsyncGenerator<Item> {
  yield { id: 'f1', name: 'Flow' };
  throw new Error('cut off');
}

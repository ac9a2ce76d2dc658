import { afterAll, beforeAll, expect, test } from 'vitest';
import { addMs, HOUR_MS } from '@/lib/kernel/instant';
import type { DirectoryKind } from '@/lib/kernel/words';
import { type TestDatabase, testDatabase } from '@/lib/testing/database';
import { addressesOf } from './addresses-of';
import { privilegedHoldings } from './privileged-holdings';
import { takeSnapshot } from './take-snapshot';

const ORG = 'a0000000-0000-4000-8000-000000000001';
const OTHER = 'a0000000-0000-4000-8000-000000000002';
const NOW = new Date('2026-11-28T10:00:00Z');
const READ_AT = addMs(NOW, -25 * HOUR_MS);

let testing: TestDatabase;

async function snapshot(
  orgId: string,
  kind: DirectoryKind,
  items: readonly Record<string, unknown>[],
  outcome: 'complete' | 'partial' = 'complete',
) {
  const total = items.length;
  const counts = { totalBefore: total, totalAfter: total, readCount: total, duplicates: 0, pages: 1 };
  const because = outcome === 'partial' ? { because: 'a page was missing' } : {};
  await takeSnapshot(testing.db, {
    orgId,
    kinds: [kind],
    now: () => READ_AT,
    reader: async () => ({ items, startedAt: READ_AT, finishedAt: READ_AT, outcome, ...because, ...counts }),
  });
}

const user = (id: string, state = 'active') => ({ id, name: id, email: `${id}@Example.test`, state });
const grant = (subjectId: string, roleId: string, subjectType = 'PC_USER') => ({
  subjectId,
  subjectType,
  roleId,
  divisionId: '*',
});
const role = (id: string, name: string, action: string) => ({
  id,
  name,
  permissionPolicies: [{ domain: 'authorization', entityName: 'grant', actionSet: [action] }],
});

beforeAll(async () => {
  testing = await testDatabase();
  for (const [kind, items] of [
    ['user', [user('ana'), user('ben'), user('cem', 'inactive'), user('dora')]],
    [
      'role',
      [
        role('admin', 'Admin', 'add'),
        role('master', 'Master Admin', 'delete'),
        role('viewer', 'Viewer', 'view'),
      ],
    ],
    ['group', [{ id: 'ops', name: 'Ops' }]],
    ['group_member', [{ groupId: 'ops', memberId: 'dora' }]],
    [
      'grant',
      [
        grant('ana', 'admin'),
        grant('ben', 'admin'),
        grant('ana', 'viewer'),
        grant('ana', 'master'),
        grant('cem', 'master'),
        grant('robot', 'master', 'PC_OAUTH_CLIENT'),
        grant('ops', 'admin', 'PC_GROUP'),
      ],
    ],
    ['oauth_client', [{ id: 'robot', name: 'Robot', createdBy: { id: 'ben' } }]],
  ] as const)
    await snapshot(ORG, kind, items);
});
afterAll(() => testing.drop());

const holdings = (userId: string, now = NOW, orgId = ORG) =>
  privilegedHoldings(testing.db.sql, { orgId, userId, now });

test('D30: privileged roles with who else holds them: inactive people and clients do not count, members of groups do', async () => {
  expect(await holdings('ana')).toEqual({
    kind: 'known',
    value: [
      { roleId: 'admin', roleName: 'Admin', others: 2 },
      { roleId: 'master', roleName: 'Master Admin', others: 0 },
    ],
  });
  expect(await holdings('dora')).toMatchObject({ value: [{ roleId: 'admin', others: 2 }] });
  expect(await holdings('nobody')).toEqual({ kind: 'known', value: [] });
});

test('D30: grants read long ago, in part or never tell nothing', async () => {
  expect(await holdings('ana', addMs(NOW, 2 * HOUR_MS))).toMatchObject({
    kind: 'not_evaluated',
    because: expect.stringContaining('more than 26 hours ago'),
  });
  expect(await holdings('ana', NOW, OTHER)).toMatchObject({
    kind: 'not_evaluated',
    because: 'the grants were never read',
  });
  await snapshot(OTHER, 'grant', [grant('ana', 'admin')], 'partial');
  expect(await holdings('ana', NOW, OTHER)).toMatchObject({
    kind: 'not_evaluated',
    because: expect.stringContaining('not read completely'),
  });
});

test('an OAuth client’s addresses are those of who made it', async () => {
  const found = await addressesOf(testing.db.sql, ORG, ['ana', 'robot', 'nobody']);
  expect([...found].sort()).toEqual([
    ['ana', ['ana@example.test']],
    ['robot', ['ben@example.test']],
  ]);
});

import { expect, test } from 'vitest';
import { ROLES } from '@/lib/kernel/words';
import { authorise, can } from './can';
import { isPermission, PERMISSIONS, permissionRule, permissionsOf } from './permissions';
import type { Viewer } from './viewer';

const NAMES = Object.keys(PERMISSIONS).filter(isPermission);
const NORTHWIND = '11111111-1111-4111-8111-111111111111';
const viewer = (role: Viewer['role'], more: Partial<Viewer> = {}): Viewer => ({
  kind: 'person',
  id: 'usr_1',
  name: 'Somebody',
  role,
  orgIds: [NORTHWIND],
  ...more,
});

test('an auditor writes nothing but their own account', () => {
  const writes = permissionsOf('auditor').filter((name) => permissionRule(name).kind === 'write');
  expect(writes).toEqual(['self.write']);
});

test('every write is journaled always, and an administrator holds every permission', () => {
  for (const name of NAMES) {
    if (permissionRule(name).kind === 'write') expect(permissionRule(name).journal).toBe('always');
  }
  expect(permissionsOf('admin')).toEqual(NAMES);
});

test.each(ROLES)('%s: can() and authorise() agree on every permission', (role) => {
  for (const name of NAMES) {
    const allowed = can(viewer(role), name);
    if (allowed) expect(() => authorise(viewer(role), name)).not.toThrow();
    else expect(() => authorise(viewer(role), name)).toThrow(expect.objectContaining({ code: 'forbidden' }));
  }
});

test('an organisation that is not theirs is not found rather than forbidden', () => {
  const elsewhere = { orgId: '22222222-2222-4222-8222-222222222222' };
  expect(() => authorise(viewer('admin'), 'changes.read', elsewhere)).toThrow(
    expect.objectContaining({ code: 'not_found' }),
  );
  expect(can(viewer('admin'), 'changes.read', { orgId: NORTHWIND.toUpperCase() })).toBe(true);
});

test('an administrator of some organisations does not act on the installation', () => {
  const limited = viewer('admin', { limited: true });
  expect(NAMES.filter((name) => !can(limited, name))).toEqual([
    'alerts.manage',
    'settings.write',
    'users.manage',
    'api_keys.manage',
  ]);
});

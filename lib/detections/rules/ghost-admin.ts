import { roleMember } from '@/lib/changes/model/risk/members';
import { concernOfChange } from '../model/concerns';
import { DANA, exampleChange, RAVI } from '../model/example-subjects';
import type { Rule } from '../model/rule';

const ID = 'ghost-admin';
const ADMIN = 'f0000000-0000-4000-8000-00000000000f';
const VIEWER = 'f0000000-0000-4000-8000-00000000000e';
const granted = exampleChange({
  service: 'PeoplePermissions',
  entityType: 'Role',
  action: 'MemberAdd',
  actor: DANA,
  entity: { id: ADMIN, name: 'Master Admin' },
  recordName: `${RAVI.id}--${ADMIN}--a0000000-0000-4000-8000-000000000001`,
  nameOf: (id) => (id === RAVI.id ? RAVI.name : null),
});
const outside = { isPrivilegedRole: (id: string) => id === ADMIN, openWindows: () => [] };

const rule: Rule<'change'> = {
  id: ID,
  title: 'An admin role was granted outside change windows',
  about:
    'Somebody gained a privileged role while no approved change window for it was open. What makes a role privileged is what it permits, never a word in its name. Windows come from the calendar, each with its time zone; where no calendar was kept at the time, nothing is said.',
  severity: 'high',
  runbook:
    'Ask whoever granted it which change it belongs to. If there is none: take the role away, and review what its new holder did since.',
  controls: ['access-segregation', 'change-management'],
  on: 'change',
  responses: [],
  judge(change, context) {
    if (change.entityType !== 'Role' || change.action !== 'MemberAdd' || !change.accountable) return null;
    const grant = roleMember(change.recordName);
    const roleId = change.entity.id ?? grant?.roleId ?? null;
    const isPrivileged = [roleId, grant?.roleId ?? null].some(
      (id) => id !== null && context.isPrivilegedRole(id),
    );
    if (!isPrivileged) return null;
    const open = context.openWindows(change);
    if (open === null || open.length > 0) return null;
    const member = grant === null ? null : { id: grant.memberId, name: change.nameOf(grant.memberId) };
    const role = change.entity.name ?? (grant === null ? null : change.nameOf(grant.roleId));
    const what = role === null ? 'an admin role' : `the admin role ${role}`;
    return concernOfChange(change, {
      rule: ID,
      severity: 'high',
      ...(member === null ? {} : { subject: { type: 'User', ...member } }),
      sentence: `${member?.name ?? 'Somebody'} was granted ${what} outside every change window`,
      reasons: [
        'the role is privileged',
        'no approved change window for it was open at that second',
        change.linkage === 'linked'
          ? 'a ticket or commit asked for it all the same'
          : 'no valid ticket or commit asks for it',
      ],
      tell: ['officer', 'admin'],
    });
  },
  examples: [
    {
      name: 'L11: a privileged role while no window is open',
      subject: granted,
      context: outside,
      finds: {
        severity: 'high',
        says: /^Ravi Agent was granted the admin role Master Admin outside every change window$/,
      },
    },
    {
      name: 'L12: while one of several windows is open',
      subject: granted,
      context: { ...outside, openWindows: () => ['Friday release'] },
      finds: null,
    },
    {
      name: 'L12: where no calendar was kept nobody is accused',
      subject: granted,
      context: { ...outside, openWindows: () => null },
      finds: null,
    },
    {
      name: 'L12: a role with “admin” inside another word is judged by what it permits',
      subject: {
        ...granted,
        entity: { id: VIEWER, name: 'Administrative Assistant viewer' },
        recordName: `${RAVI.id}--${VIEWER}--a0000000-0000-4000-8000-000000000001`,
      },
      context: outside,
      finds: null,
    },
    {
      name: 'L12: a privileged role whose name says nothing of it',
      subject: { ...granted, entity: { id: ADMIN, name: 'Night shift' } },
      context: outside,
      finds: { severity: 'high', says: /the admin role Night shift/ },
    },
    {
      name: 'L12: NULL new values: the record names the role as its entity, its properties hold nothing',
      subject: {
        ...granted,
        entity: { id: ADMIN, name: null },
        recordName: null,
        propertyChanges: [{ property: 'roles', oldValues: [], newValues: [] }],
      },
      context: outside,
      finds: { severity: 'high', says: /^Somebody was granted an admin role outside/ },
    },
    {
      name: 'a grant that was refused',
      subject: { ...granted, accountable: false },
      context: outside,
      finds: null,
    },
    {
      name: 'a role taken away',
      subject: { ...granted, action: 'MemberRemove' },
      context: outside,
      finds: null,
    },
  ],
};
export default rule;

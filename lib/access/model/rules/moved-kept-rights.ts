import { toIso } from '@/lib/kernel/instant';
import { againstPolicy } from '../against-policy';
import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleHeld, exampleMatch, exampleUser } from '../example-subjects';
import { nameOf, ofHeld, placesOf, roleName, same, waysOf } from '../say';
import type { Person, RoleFacts, UserSubject } from '../subject';
import { employedUser } from '../who';

const rule: DriftRule<'user'> = {
  id: 'moved-kept-rights',
  title: 'Somebody changed department and kept the old admin rights',
  about:
    'HR has the person in another department than before (by HR’s own history, or because the platform still names the old one), and a privileged or administrative role from before is still held, which policy does not give them any more.',
  severity: 'high',
  runbook: 'Take the old department’s rights away; whoever needs them there has them from somebody else.',
  controls: ['access-rights', 'privileged-access'],
  needs: ['users', 'grants', 'roles', 'people'],
  on: 'user',
  rank: 20,
  judge(user, context) {
    const person = employedUser(user, context.asOf);
    const former = person === null ? null : formerDepartment(user, person);
    if (person === null || former === null) return [];
    return user.held
      .filter(({ role, since }) => isAdmin(role) && (former.until === null || since < former.until))
      .flatMap((held) => {
        const policy = againstPolicy(held, person, user.id, context);
        if (policy.verdict === 'authorised') return [];
        return [
          {
            ...ofHeld(held),
            severity: 'high' as const,
            held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
            expected: policy.expected,
            sentence: `${nameOf(user)} went from ${former.department} to ${person.department} and kept ${roleName(held.role)}, held ${waysOf(held)}`,
            reasons: [
              former.because,
              ...(policy.notListed ? [`HR lists ${policy.listed}`] : []),
              ...policy.ruleBroken,
              ...policy.notEvaluated,
            ],
          },
        ];
      });
  },
  examples: [
    {
      name: 'I19: by HR’s own history',
      subject: exampleUser({
        held: [exampleHeld(ADMIN)],
        match: exampleMatch({
          department: 'Sales',
          before: { department: 'IT Operations', title: 'Engineer', until: new Date('2026-10-01T00:00:00Z') },
        }),
      }),
      finds: [
        { severity: 'high', right: 'role-Admin', says: /went from IT Operations to Sales and kept Admin/ },
      ],
    },
    {
      name: 'I19: the platform still names the old department',
      subject: exampleUser({
        department: 'Customer Support',
        held: [exampleHeld('Workforce Admin')],
        match: exampleMatch({ department: 'Sales' }),
      }),
      finds: [
        { severity: 'high', right: 'role-Workforce Admin', says: /went from Customer Support to Sales/ },
      ],
    },
    {
      name: 'the right came after the move',
      subject: exampleUser({
        held: [exampleHeld(ADMIN, { since: new Date('2026-11-01T00:00:00Z') })],
        match: exampleMatch({
          department: 'Sales',
          before: { department: 'IT Operations', title: null, until: new Date('2026-10-01T00:00:00Z') },
        }),
      }),
      finds: [],
    },
    {
      name: 'HR lists the right for the new department',
      subject: exampleUser({
        held: [exampleHeld(ADMIN)],
        match: exampleMatch({ department: 'Sales', authorizedRoles: ['Admin'] }),
      }),
      finds: [],
    },
    {
      name: 'no administrative right',
      subject: exampleUser({
        held: [exampleHeld('Supervisor')],
        match: exampleMatch({ department: 'Sales' }),
      }),
      finds: [],
    },
    { name: 'no move', subject: exampleUser({ held: [exampleHeld(ADMIN)] }), finds: [] },
  ],
};
export default rule;

/** The department before this one: HR's own history first, then what the platform still says. */
function formerDepartment(
  user: UserSubject,
  person: Person,
): { readonly department: string; readonly until: Date | null; readonly because: string } | null {
  if (person.department === null) return null;
  const before = person.before;
  if (before?.department && !same(before.department, person.department))
    return {
      department: before.department,
      until: before.until,
      because: `until ${toIso(before.until)} HR’s department was ${before.department}`,
    };
  if (user.department !== null && user.department !== '' && !same(user.department, person.department))
    return {
      department: user.department,
      until: null,
      because: `the platform still says ${user.department}, HR says ${person.department}`,
    };
  return null;
}

/** Privileged by content or name, or administrative by its name or by what it may change of others' work. */
function isAdmin(role: RoleFacts): boolean {
  return role.privileged || /\badmin(istrator)?\b/i.test(role.name ?? '');
}

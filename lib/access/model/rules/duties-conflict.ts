import { permits } from '@/lib/directory/model/policy/privileged-roles';
import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleHeld, exampleRole, exampleUser } from '../example-subjects';
import { list, nameOf, roleName } from '../say';

const rule: DriftRule<'user'> = {
  id: 'duties-conflict',
  title: 'Two duties in one hand that should be apart',
  about:
    'The roles of the person together permit two things that Settings keeps apart, such as making OAuth clients and granting roles: with both, one person can give themselves a way in that nobody else sees.',
  severity: 'medium',
  runbook:
    'Give one of the two duties to somebody else, or record why this person needs both and who watches it.',
  controls: ['segregation-of-duties'],
  needs: ['users', 'grants', 'roles'],
  on: 'user',
  rank: 1,
  judge(user, { settings }) {
    if (user.state !== 'active') return [];
    return settings.duties.flatMap((pair) => {
      const giving = (wanted: string) =>
        user.held.filter(({ role }) => role.permissions.some((one) => permits(one, wanted)));
      const [one, other] = [giving(pair.one), giving(pair.other)];
      if (one.length === 0 || other.length === 0) return [];
      const ways = [...new Set([...one, ...other])];
      const names = list([...new Set(ways.map(({ role }) => roleName(role)))]);
      return [
        {
          right: { kind: 'role' as const, id: pair.id, name: names },
          severity: 'medium' as const,
          held: names,
          expected: { words: `one of the two: ${pair.says}`, basis: 'setting' as const },
          sentence: `${nameOf(user)} can ${pair.says}, by ${names}`,
          reasons: [
            `${pair.one} by ${list(one.map(({ role }) => roleName(role)))}`,
            `${pair.other} by ${list(other.map(({ role }) => roleName(role)))}`,
          ],
          since: new Date(
            Math.max(...[one, other].map((side) => Math.min(...side.map(({ since }) => since.getTime())))),
          ),
          sinceBasis: ways.every(({ sinceKnown }) => sinceKnown)
            ? ('change' as const)
            : ('snapshot' as const),
          grantingChangeId: ways.length === 1 ? (ways[0]?.grantingChangeId ?? null) : null,
          directly: ways.some(({ directly }) => directly),
          through: ways.flatMap(({ through }) => through),
          divisionIds: [...new Set(ways.flatMap(({ divisionIds }) => divisionIds))],
        },
      ];
    });
  },
  examples: [
    {
      name: 'both by one role',
      subject: exampleUser({ held: [exampleHeld(ADMIN)] }),
      finds: [
        {
          severity: 'medium',
          right: 'clients-and-grants',
          says: /can create or change OAuth clients and grant roles, by Admin$/,
        },
      ],
    },
    {
      name: 'one by each of two roles',
      subject: exampleUser({
        held: [
          exampleHeld(exampleRole('Clients', { permissions: ['oauth:client:*'] })),
          exampleHeld(exampleRole('Grants', { permissions: ['authorization:grant:add'] })),
        ],
      }),
      finds: [{ severity: 'medium', right: 'clients-and-grants', says: /by Clients and Grants$/ }],
    },
    {
      name: 'one of the two',
      subject: exampleUser({
        held: [exampleHeld(exampleRole('Clients', { permissions: ['oauth:client:edit'] }))],
      }),
      finds: [],
    },
    {
      name: 'an inactive account',
      subject: exampleUser({ state: 'inactive', held: [exampleHeld(ADMIN)] }),
      finds: [],
    },
  ],
};
export default rule;

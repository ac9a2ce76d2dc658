import { toIso } from '@/lib/kernel/instant';
import { againstPolicy } from '../against-policy';
import type { DriftRule } from '../drift-rule';
import { exampleHeld, exampleMatch, exampleRole, exampleUser } from '../example-subjects';
import { nameOf, ofHeld, placesOf, roleName, same, waysOf } from '../say';
import { employedUser, isAgentRole, leads } from '../who';

const AGENT_ROLE = exampleRole('User', { permissions: ['routing:queue:join'] });

const rule: DriftRule<'user'> = {
  id: 'promoted-kept-role',
  title: 'Somebody promoted who kept the agent’s role and routing',
  about:
    'HR’s title is of somebody who leads others, and the account still holds a role with which agents join queues. HR does not list that role, or keeps no list.',
  severity: 'medium',
  runbook:
    'Take the agent’s role and routing skills away, or have HR list the role if the person still takes interactions.',
  controls: ['access-rights'],
  needs: ['users', 'grants', 'roles', 'people'],
  on: 'user',
  rank: 10,
  judge(user, context) {
    const person = employedUser(user, context.asOf);
    if (person === null || !leads(person.title, context.settings.leadingTitles)) return [];
    return user.held
      .filter(({ role }) => !role.base && !role.privileged && isAgentRole(role.permissions))
      .flatMap((held) => {
        const policy = againstPolicy(held, person, user.id, context);
        if (policy.verdict === 'authorised') return [];
        return [
          {
            ...ofHeld(held),
            severity: 'medium' as const,
            held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
            expected: policy.expected,
            sentence: `${nameOf(user)} is ${person.title} and kept the agent’s role ${roleName(held.role)}, held ${waysOf(held)}`,
            reasons: [
              ...formerTitle(),
              'agents join queues with this role',
              ...(user.skills > 0
                ? [`${user.skills} routing skill${user.skills === 1 ? '' : 's'} are still set`]
                : []),
              ...(policy.notListed ? [`HR lists ${policy.listed}`] : []),
            ],
          },
        ];
      });

    function formerTitle(): string[] {
      const former = person?.before;
      if (former?.title && !same(former.title, person?.title ?? ''))
        return [`until ${toIso(former.until)} HR’s title was ${former.title}`];
      if (user.title !== null && !same(user.title, person?.title ?? ''))
        return [`the platform still says ${user.title}`];
      return [];
    }
  },
  examples: [
    {
      name: 'I18: a supervisor with the agent’s role and skills',
      subject: exampleUser({
        skills: 2,
        held: [exampleHeld(AGENT_ROLE), exampleHeld('Supervisor')],
        match: exampleMatch({ title: 'Payments Supervisor', authorizedRoles: ['employee', 'Supervisor'] }),
      }),
      finds: [
        {
          severity: 'medium',
          right: 'role-User',
          says: /is Payments Supervisor and kept the agent’s role User, held directly$/,
        },
      ],
    },
    {
      name: 'I18: HR keeps no list',
      subject: exampleUser({
        held: [exampleHeld(AGENT_ROLE)],
        match: exampleMatch({ title: 'Team Lead', authorizedRoles: null }),
      }),
      finds: [{ severity: 'medium', right: 'role-User' }],
    },
    {
      name: 'HR lists the role',
      subject: exampleUser({
        held: [exampleHeld(AGENT_ROLE)],
        match: exampleMatch({ title: 'Team Lead', authorizedRoles: ['User'] }),
      }),
      finds: [],
    },
    {
      name: 'an agent',
      subject: exampleUser({ held: [exampleHeld(AGENT_ROLE)], match: exampleMatch({ authorizedRoles: [] }) }),
      finds: [],
    },
  ],
};
export default rule;

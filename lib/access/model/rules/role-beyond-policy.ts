import { againstPolicy } from '../against-policy';
import type { DriftRule } from '../drift-rule';
import { exampleHeld, exampleMatch, exampleRole, exampleUser } from '../example-subjects';
import { nameOf, ofHeld, placesOf, roleName, waysOf } from '../say';
import { employedUser } from '../who';

const rule: DriftRule<'user'> = {
  id: 'role-beyond-policy',
  title: 'A role that HR does not list for the person',
  about:
    'HR keeps a list of roles for the person, and a role that they hold is not on it. Held directly and through groups are told apart: taking it away directly helps nothing while a group still gives it.',
  severity: 'medium',
  runbook:
    'Ask the manager whether the role is needed. Take it away at every way it comes, or have HR list it.',
  controls: ['access-rights'],
  needs: ['users', 'grants', 'roles', 'people'],
  on: 'user',
  rank: 50,
  judge(user, context) {
    const person = employedUser(user, context.asOf);
    if (person === null) return [];
    return user.held
      .filter(({ role }) => !role.base)
      .flatMap((held) => {
        const policy = againstPolicy(held, person, user.id, context);
        if (!policy.notListed) return [];
        return [
          {
            ...ofHeld(held),
            severity: 'medium' as const,
            held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
            expected: policy.expected,
            sentence: `${nameOf(user)} holds ${roleName(held.role)} ${waysOf(held)}, and HR does not list it`,
            reasons: [`HR lists ${policy.listed}`, ...policy.ruleBroken, ...policy.notEvaluated],
          },
        ];
      });
  },
  examples: [
    {
      name: 'I8: held directly, not listed',
      subject: exampleUser({ held: [exampleHeld('Queue Admin'), exampleHeld('User')] }),
      finds: [
        {
          severity: 'medium',
          right: 'role-Queue Admin',
          says: /holds Queue Admin directly, and HR does not list it/,
        },
      ],
    },
    {
      name: 'held directly and through a group: one item names both',
      subject: exampleUser({
        held: [exampleHeld('Quality Evaluator', { through: [{ id: 'g1', name: 'QA Department' }] })],
      }),
      finds: [
        {
          severity: 'medium',
          right: 'role-Quality Evaluator',
          says: /directly and through the group QA Department/,
        },
      ],
    },
    {
      name: 'listed without regard to case',
      subject: exampleUser({ held: [exampleHeld('USER')] }),
      finds: [],
    },
    {
      name: 'HR keeps no list',
      subject: exampleUser({
        held: [exampleHeld('Queue Admin')],
        match: exampleMatch({ authorizedRoles: null }),
      }),
      finds: [],
    },
    {
      name: 'the role everybody has',
      subject: exampleUser({ held: [exampleHeld(exampleRole('everyone', { base: true }))] }),
      finds: [],
    },
    {
      name: 'nobody on the list',
      subject: exampleUser({ held: [exampleHeld('Admin')], match: { kind: 'unmatched' } }),
      finds: [],
    },
  ],
};
export default rule;

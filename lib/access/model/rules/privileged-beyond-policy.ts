import { againstPolicy } from '../against-policy';
import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleHeld, exampleMatch, exampleRole, exampleUser } from '../example-subjects';
import { nameOf, ofHeld, placesOf, roleName, waysOf } from '../say';
import { employedUser } from '../who';

const rule: DriftRule<'user'> = {
  id: 'privileged-beyond-policy',
  title: 'A privileged role that policy does not give the person',
  about:
    'The role can change who may do what, or how people sign in: that is told by its permissions, so a new name hides nothing. HR does not list it for the person, or the rule about it is not met.',
  severity: 'high',
  runbook: 'Take the role away today at every way it comes; look at what the person changed with it.',
  controls: ['privileged-access'],
  needs: ['users', 'grants', 'roles', 'people'],
  on: 'user',
  rank: 30,
  judge(user, context) {
    const person = employedUser(user, context.asOf);
    if (person === null) return [];
    return user.held
      .filter(({ role }) => role.privileged)
      .flatMap((held) => {
        const policy = againstPolicy(held, person, user.id, context);
        if (policy.verdict !== 'beyond') return [];
        return [
          {
            ...ofHeld(held),
            severity: 'high' as const,
            held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
            expected: policy.expected,
            sentence: `${nameOf(user)} holds the privileged role ${roleName(held.role)} ${waysOf(held)}, and policy does not give it to them`,
            reasons: [
              'the role is privileged by its permissions or its name',
              ...(policy.notListed ? ['HR does not list it for this person'] : []),
              ...policy.ruleBroken,
              ...policy.notEvaluated,
            ],
          },
        ];
      });
  },
  examples: [
    {
      name: 'I14: privileged by its permissions, whatever it is called',
      subject: exampleUser({ held: [exampleHeld({ ...ADMIN, name: 'Reporting helper' })] }),
      finds: [{ severity: 'high', right: 'role-Admin', says: /privileged role Reporting helper directly/ }],
    },
    {
      name: 'HR lists it',
      subject: exampleUser({
        held: [exampleHeld(ADMIN)],
        match: exampleMatch({ authorizedRoles: ['Admin'] }),
      }),
      finds: [],
    },
    {
      name: 'not privileged',
      subject: exampleUser({ held: [exampleHeld(exampleRole('Queue Admin'))] }),
      finds: [],
    },
    {
      name: 'nothing is said about it',
      subject: exampleUser({ held: [exampleHeld(ADMIN)], match: exampleMatch({ authorizedRoles: null }) }),
      finds: [],
    },
  ],
};
export default rule;

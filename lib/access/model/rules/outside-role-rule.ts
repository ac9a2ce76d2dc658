import { againstPolicy } from '../against-policy';
import type { DriftRule } from '../drift-rule';
import { exampleContext, exampleHeld, exampleMatch, exampleUser } from '../example-subjects';
import { list, nameOf, ofHeld, placesOf, roleName, waysOf } from '../say';
import type { ReconcileContext } from '../subject';
import { employedUser } from '../who';

const rule: DriftRule<'user'> = {
  id: 'outside-role-rule',
  title: 'A holder of a role who is outside its department, title or group',
  about:
    'The policy says who may hold the role (Quality Evaluator: the QA department), and this holder is not one of them. Such a holder is a control exception.',
  severity: 'high',
  runbook: 'Take the role away at every way it comes, or correct the rule or HR’s record if they are behind.',
  controls: ['privileged-access'],
  needs: ['users', 'grants', 'roles', 'people'],
  on: 'user',
  rank: 40,
  judge(user, context) {
    const person = employedUser(user, context.asOf);
    if (person === null) return [];
    return user.held.flatMap((held) => {
      const policy = againstPolicy(held, person, user.id, context);
      if (policy.ruleBroken.length === 0) return [];
      return [
        {
          ...ofHeld(held),
          severity: 'high' as const,
          held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
          expected: policy.expected,
          sentence: `${nameOf(user)} holds ${roleName(held.role)} ${waysOf(held)} and is outside the rule about it: ${list(policy.ruleBroken)}`,
          reasons: [
            ...policy.ruleBroken,
            ...(policy.notListed ? ['HR does not list the role for this person'] : []),
            ...policy.notEvaluated,
          ],
        },
      ];
    });
  },
  examples: [
    {
      name: 'I16, I17: in another department',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator')] }),
      context: mapped({ departments: ['Quality Assurance'] }),
      finds: [
        {
          severity: 'high',
          right: 'role-Quality Evaluator',
          says: /outside the rule about it: the rule asks for the department Quality Assurance, HR says Customer Support$/,
        },
      ],
    },
    {
      name: 'I16: not in the group',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator')] }),
      context: { ...mapped({ groups: ['qa-team'] }), inGroup: () => ({ kind: 'known', value: false }) },
      finds: [{ severity: 'high', right: 'role-Quality Evaluator', says: /not in the group qa-team/ }],
    },
    {
      name: 'in the group',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator')] }),
      context: { ...mapped({ groups: ['qa-team'] }), inGroup: () => ({ kind: 'known', value: true }) },
      finds: [],
    },
    {
      name: 'I20: groups were not read',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator')] }),
      context: mapped({ groups: ['qa-team'] }),
      finds: [],
    },
    {
      name: 'in the department',
      subject: exampleUser({
        held: [exampleHeld('Quality Evaluator')],
        match: exampleMatch({ department: 'quality assurance' }),
      }),
      context: mapped({ departments: ['Quality Assurance'] }),
      finds: [],
    },
    {
      name: 'held in a division where it may not be',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator', { divisionIds: ['*'] })] }),
      context: mapped({ divisions: ['US Support'] }),
      finds: [{ severity: 'high', right: 'role-Quality Evaluator', says: /held in all divisions/ }],
    },
    {
      name: 'no rule about the role',
      subject: exampleUser({ held: [exampleHeld('Quality Evaluator')] }),
      finds: [],
    },
  ],
};
export default rule;

function mapped(
  parts: Partial<Record<'departments' | 'groups' | 'titles' | 'divisions', readonly string[]>>,
): Partial<ReconcileContext> {
  const none = { departments: [], groups: [], titles: [], divisions: [] };
  return {
    ...exampleContext(),
    roleRules: new Map([
      ['role-Quality Evaluator', { role: 'Quality Evaluator', version: 1, ...none, ...parts }],
    ]),
  };
}

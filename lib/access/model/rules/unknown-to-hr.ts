import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleHeld, exampleUser } from '../example-subjects';
import { nameOf, ofAccount } from '../say';

const rule: DriftRule<'user'> = {
  id: 'unknown-to-hr',
  title: 'An active account that HR does not know',
  about:
    'No row of the personnel list fits the account, or several do. Nothing else about the account could be held against HR: that is neither compliance nor an accusation. Contractors and technical accounts are settled on the review list.',
  severity: 'varies',
  runbook:
    'Decide on the review list of people: attach the right row, or say that it is a service account and who owns it.',
  controls: ['registration'],
  needs: ['users', 'grants', 'people'],
  on: 'user',
  rank: 2,
  judge(user) {
    if (user.state !== 'active' || user.match === null) return [];
    if (user.match.kind !== 'unmatched' && user.match.kind !== 'ambiguous') return [];
    const privileged = user.held.some(({ role }) => role.privileged);
    const why =
      user.match.kind === 'unmatched'
        ? 'no row of the personnel list fits the account'
        : `${user.match.candidates} rows of the personnel list fit the account`;
    return [
      {
        ...ofAccount(user, {
          since: user.validFrom,
          sinceBasis: user.changeId === null ? 'snapshot' : 'change',
        }),
        severity: privileged ? 'high' : 'medium',
        held: 'an active account',
        expected: {
          words: 'one row of the personnel list, or a service account with an owner',
          basis: 'none',
        },
        sentence: `${nameOf(user)} is ${user.match.kind}: ${why}`,
        reasons: [
          why,
          'what the account may hold is not evaluated',
          ...(privileged ? ['it holds a privileged role'] : []),
        ],
      },
    ];
  },
  examples: [
    {
      name: 'I20: on no row',
      subject: exampleUser({ match: { kind: 'unmatched' } }),
      finds: [{ severity: 'medium', right: 'account', says: /is unmatched: no row/ }],
    },
    {
      name: 'I20: on two rows, with a privileged role',
      subject: exampleUser({ match: { kind: 'ambiguous', candidates: 2 }, held: [exampleHeld(ADMIN)] }),
      finds: [{ severity: 'high', right: 'account', says: /is ambiguous: 2 rows/ }],
    },
    {
      name: 'a service account',
      subject: exampleUser({ match: { kind: 'service_account', owner: 'Dana' } }),
      finds: [],
    },
    { name: 'HR was not read', subject: exampleUser({ match: null }), finds: [] },
    {
      name: 'an inactive account',
      subject: exampleUser({ state: 'inactive', match: { kind: 'unmatched' } }),
      finds: [],
    },
  ],
};
export default rule;

import type { DriftRule } from '../drift-rule';
import { exampleMatch, exampleUser } from '../example-subjects';
import { nameOf, ofAccount } from '../say';
import { hasLeft } from '../who';

const rule: DriftRule<'user'> = {
  id: 'inactive-employed',
  title: 'An inactive account of somebody who is employed',
  about:
    'The account is inactive, and HR does not know of an end of employment: leave, a suspension, or a leaver whom HR has not entered. No access is held wrongly; one of the two records is behind.',
  severity: 'low',
  runbook: 'Ask the manager. If the person has left, HR has to enter it; if they are away, note until when.',
  controls: ['deregistration'],
  needs: ['users', 'people'],
  on: 'user',
  rank: 3,
  judge(user, { asOf }) {
    if (user.state !== 'inactive' || user.match?.kind !== 'matched' || hasLeft(user.match.person, asOf))
      return [];
    return [
      {
        ...ofAccount(user, {
          since: user.validFrom,
          sinceBasis: user.changeId === null ? 'snapshot' : 'change',
        }),
        grantingChangeId: user.changeId,
        severity: 'low',
        held: 'an inactive account',
        expected: { words: 'HR says employed', basis: 'hr_record' },
        sentence: `${nameOf(user)} is inactive on the platform and employed according to HR`,
        reasons: ['no end of employment is entered', 'no access is held wrongly by this'],
      },
    ];
  },
  examples: [
    {
      name: 'inactive and employed',
      subject: exampleUser({ state: 'inactive' }),
      finds: [{ severity: 'low', right: 'account', says: /inactive on the platform and employed/ }],
    },
    {
      name: 'inactive and left',
      subject: exampleUser({
        state: 'inactive',
        match: exampleMatch({ status: 'terminated', terminatedAt: new Date('2026-11-01T00:00:00Z') }),
      }),
      finds: [],
    },
    { name: 'active and employed', subject: exampleUser(), finds: [] },
  ],
};
export default rule;

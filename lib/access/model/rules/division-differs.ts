import type { DriftRule } from '../drift-rule';
import { exampleMatch, exampleUser } from '../example-subjects';
import { nameOf, same } from '../say';
import { employedUser } from '../who';

const rule: DriftRule<'user'> = {
  id: 'division-differs',
  title: 'A division other than the authorised one',
  about:
    'HR says in which division the person belongs, and the platform has them in another: what stands in that division is within their reach.',
  severity: 'medium',
  runbook:
    'Look for the move that brought them there and who asked for it; move them back, or have HR record the new division.',
  controls: ['data-segregation'],
  needs: ['users', 'divisions', 'people'],
  on: 'user',
  rank: 5,
  judge(user, { asOf }) {
    const person = employedUser(user, asOf);
    const authorised = person?.authorizedDivision ?? null;
    if (person === null || authorised === null || authorised === '' || user.division === null) return [];
    if (user.division.name === null) return [];
    if (same(user.division.name, authorised) || user.division.id === authorised) return [];
    return [
      {
        right: { kind: 'division', id: 'division', name: user.division.name },
        severity: 'medium',
        held: user.division.name,
        expected: { words: authorised, basis: 'hr_record' },
        sentence: `${nameOf(user)} is in ${user.division.name} and authorised for ${authorised}`,
        reasons: [`the platform says ${user.division.name}`, `HR says ${authorised}`],
        since: user.validFrom,
        sinceBasis: user.changeId === null ? 'snapshot' : 'change',
        grantingChangeId: user.changeId,
        directly: true,
        through: [],
        divisionIds: [user.division.id],
      },
    ];
  },
  examples: [
    {
      name: 'D20: both values are named',
      subject: exampleUser({ match: exampleMatch({ authorizedDivision: 'EMEA Sales' }) }),
      finds: [
        { severity: 'medium', right: 'division', says: /is in US Support and authorised for EMEA Sales$/ },
      ],
    },
    {
      name: 'the same, whatever the case',
      subject: exampleUser({ match: exampleMatch({ authorizedDivision: 'us support ' }) }),
      finds: [],
    },
    {
      name: 'HR names none',
      subject: exampleUser({ match: exampleMatch({ authorizedDivision: null }) }),
      finds: [],
    },
    { name: 'not on the list', subject: exampleUser({ match: { kind: 'unmatched' } }), finds: [] },
  ],
};
export default rule;

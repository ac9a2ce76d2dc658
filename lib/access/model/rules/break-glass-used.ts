import { toIso } from '@/lib/kernel/instant';
import type { DriftRule } from '../drift-rule';
import { exampleUser } from '../example-subjects';
import { nameOf } from '../say';

const rule: DriftRule<'user'> = {
  id: 'break-glass-used',
  title: 'An account for emergencies was used',
  about:
    'The policy names the account for emergencies, which no response touches. Each use has to be explained; this holds while the account acted within the last days.',
  severity: 'high',
  runbook: 'Ask for the emergency: who, why, and the ticket. Change its credentials afterwards.',
  controls: ['privileged-access'],
  needs: ['users', 'audit', 'breakGlass'],
  on: 'user',
  rank: 2,
  judge(user, { settings }) {
    if (user.emergency === null || user.emergency.uses === 0) return [];
    const { uses, lastAt, changeId } = user.emergency;
    const times = uses === 1 ? 'once' : `${uses.toLocaleString('en-US')} times`;
    return [
      {
        right: { kind: 'account', id: 'emergency', name: user.email },
        severity: 'high',
        held: `${uses.toLocaleString('en-US')} change${uses === 1 ? '' : 's'} in ${settings.emergencyDays} days`,
        expected: { words: 'no use without an emergency', basis: 'setting' },
        sentence: `${nameOf(user)}, an account for emergencies, changed something ${times} in the last ${settings.emergencyDays} days`,
        reasons: [`last on ${toIso(lastAt)}`, 'the policy names the account for emergencies'],
        since: lastAt,
        sinceBasis: 'change',
        grantingChangeId: changeId,
        directly: true,
        through: [],
        divisionIds: user.division === null ? [] : [user.division.id],
      },
    ];
  },
  examples: [
    {
      name: 'used three times',
      subject: exampleUser({
        emergency: { uses: 3, lastAt: new Date('2026-11-19T10:00:00Z'), changeId: 'change-9' },
      }),
      finds: [
        { severity: 'high', right: 'emergency', says: /changed something 3 times in the last 7 days$/ },
      ],
    },
    { name: 'an everyday account', subject: exampleUser(), finds: [] },
  ],
};
export default rule;

import { HOUR_MS, toIso } from '@/lib/kernel/instant';
import type { DriftRule } from '../drift-rule';
import { ADMIN, AS_OF, exampleHeld, exampleMatch, exampleUser } from '../example-subjects';
import { nameOf, ofAccount, spanOf } from '../say';
import { hasLeft } from '../who';

const rule: DriftRule<'user'> = {
  id: 'leaver-active',
  title: 'A leaver whose account is still active',
  about:
    'HR says that the person has left, and the account can still sign in. The clock runs from the end of employment; a token issued after it means that the account was used.',
  severity: 'varies',
  runbook:
    'Deactivate the account and revoke its tokens now; look at what it did since the end of employment; ask why the leaver process missed it.',
  controls: ['deregistration'],
  needs: ['users', 'grants', 'people'],
  on: 'user',
  rank: 1,
  judge(user, { asOf, settings }) {
    if (user.state !== 'active' || user.match?.kind !== 'matched' || !hasLeft(user.match.person, asOf))
      return [];
    const { terminatedAt } = user.match.person;
    const used =
      terminatedAt !== null && user.lastTokenAt !== null && user.lastTokenAt > terminatedAt
        ? user.lastTokenAt
        : null;
    const privileged = user.held.some(({ role }) => role.privileged);
    const age = terminatedAt === null ? null : asOf.getTime() - terminatedAt.getTime();
    const late = age === null || age > settings.leaverHours * HOUR_MS;
    const left = terminatedAt === null ? 'left (HR gives no date)' : `left on ${toIso(terminatedAt)}`;
    return [
      {
        ...ofAccount(
          user,
          terminatedAt === null
            ? { since: asOf, sinceBasis: 'run' }
            : { since: terminatedAt, sinceBasis: 'hr' },
        ),
        severity: used !== null || privileged ? 'critical' : late ? 'high' : 'medium',
        held: 'an active account',
        expected: { words: 'no account that can sign in', basis: 'hr_record' },
        sentence: `${nameOf(user)} ${left}, and the account is still active${age === null ? '' : ` ${spanOf(age)} later`}`,
        reasons: [
          late
            ? `the account should have been closed within ${settings.leaverHours} hours`
            : `the ${settings.leaverHours} hours for closing the account are not over`,
          ...(used === null
            ? ['no token was seen to be issued after the end']
            : [`a token was issued on ${toIso(used)}, after the end`]),
          ...(privileged ? ['it holds a privileged role'] : []),
        ],
      },
    ];
  },
  examples: [
    {
      name: 'left ten days ago, used since',
      subject: exampleUser({
        match: exampleMatch({ status: 'terminated', terminatedAt: new Date('2026-11-10T00:00:00Z') }),
      }),
      finds: [
        {
          severity: 'critical',
          right: 'account',
          says: /left on 2026-11-10T00:00:00Z, .* still active 10 days later$/,
        },
      ],
    },
    {
      name: 'left an hour ago: within the time allowed',
      subject: exampleUser({
        lastTokenAt: null,
        match: exampleMatch({ status: 'terminated', terminatedAt: new Date(AS_OF.getTime() - HOUR_MS) }),
      }),
      finds: [{ severity: 'medium', right: 'account' }],
    },
    {
      name: 'no date, with a privileged role',
      subject: exampleUser({
        held: [exampleHeld(ADMIN)],
        match: exampleMatch({ status: 'terminated', terminatedAt: null }),
      }),
      finds: [{ severity: 'critical', right: 'account', says: /HR gives no date/ }],
    },
    {
      name: 'leaves next month',
      subject: exampleUser({
        match: exampleMatch({ status: 'terminated', terminatedAt: new Date('2026-12-20T00:00:00Z') }),
      }),
      finds: [],
    },
    {
      name: 'left, and the account is inactive',
      subject: exampleUser({
        state: 'inactive',
        match: exampleMatch({ status: 'terminated', terminatedAt: new Date('2026-11-10T00:00:00Z') }),
      }),
      finds: [],
    },
    { name: 'not on the personnel list', subject: exampleUser({ match: { kind: 'unmatched' } }), finds: [] },
  ],
};
export default rule;

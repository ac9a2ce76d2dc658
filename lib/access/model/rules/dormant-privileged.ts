import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import type { DriftRule } from '../drift-rule';
import { ADMIN, exampleHeld, exampleUser } from '../example-subjects';
import { nameOf, ofHeld, placesOf, roleName, spanOf, waysOf } from '../say';

const rule: DriftRule<'user'> = {
  id: 'dormant-privileged',
  title: 'A privileged role that is not used',
  about:
    'The account holds a privileged role and was issued no token for a long time: nobody would notice if somebody else used it.',
  severity: 'high',
  runbook:
    'Take the privileged role away; if the account is for emergencies, name it in the policy and guard it.',
  controls: ['privileged-access'],
  needs: ['users', 'grants', 'roles'],
  on: 'user',
  rank: 60,
  judge(user, context) {
    const { asOf, settings } = context;
    const limit = addMs(asOf, -settings.dormantDays * DAY_MS);
    if (user.state !== 'active') return [];
    // An account younger than the limit may not have been needed yet; one that never had a token is counted from its begin.
    const lastUse = latest(user.lastTokenAt, user.lastLoginAt);
    if ((lastUse ?? user.validFrom) > limit) return [];
    const idle =
      lastUse === null
        ? 'no token or login was ever seen'
        : `the last token or login was on ${toIso(lastUse)}, ${spanOf(asOf.getTime() - lastUse.getTime())} ago`;
    return user.held
      .filter(({ role }) => role.privileged)
      .map((held) => ({
        ...ofHeld(held),
        severity: 'high' as const,
        held: `${roleName(held.role)} in ${placesOf(held.divisionIds, context)}`,
        expected: { words: `a use within ${settings.dormantDays} days`, basis: 'setting' as const },
        sentence: `${nameOf(user)} holds the privileged role ${roleName(held.role)} ${waysOf(held)} and has not used the account for ${settings.dormantDays} days or more`,
        reasons: [idle],
      }));
  },
  examples: [
    {
      name: 'not used for a year',
      subject: exampleUser({ held: [exampleHeld(ADMIN)], lastTokenAt: new Date('2025-11-19T08:00:00Z') }),
      finds: [{ severity: 'high', right: 'role-Admin', says: /has not used the account for 90 days/ }],
    },
    { name: 'used yesterday', subject: exampleUser({ held: [exampleHeld(ADMIN)] }), finds: [] },
    {
      name: 'not privileged',
      subject: exampleUser({ held: [exampleHeld('User')], lastTokenAt: new Date('2025-11-19T08:00:00Z') }),
      finds: [],
    },
    {
      name: 'inactive',
      subject: exampleUser({
        state: 'inactive',
        held: [exampleHeld(ADMIN)],
        lastTokenAt: new Date('2025-11-19T08:00:00Z'),
      }),
      finds: [],
    },
    {
      name: 'new and not used yet',
      subject: exampleUser({
        held: [exampleHeld(ADMIN)],
        lastTokenAt: null,
        validFrom: new Date('2026-11-18T00:00:00Z'),
      }),
      finds: [],
    },
  ],
};
export default rule;

function latest(a: Date | null, b: Date | null): Date | null {
  if (a === null || b === null) return a ?? b;
  return a > b ? a : b;
}

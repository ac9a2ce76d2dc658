import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import type { PrivilegedAccess } from '../model/inputs';
import { atMost, mustBeNone, observed } from '../model/observe';
import { flagOf, numberOf } from '../model/threshold';

const role = { id: 'r1', name: 'Master Admin', holders: 3, ownCount: 3 };
const grant = (linkage: string): PrivilegedAccess['grants'][number] => ({
  changeId: 'c1',
  at: '2026-11-02T10:00:00Z',
  by: 'Dana',
  action: 'MemberAdd',
  role: 'Master Admin',
  subject: 'Ravi',
  linkage,
});
const access = (changed: Partial<PrivilegedAccess> = {}) =>
  known<PrivilegedAccess>({
    from: '2026-09-01T00:00:00Z',
    to: '2026-11-30T00:00:00Z',
    roles: [role],
    people: 3,
    grants: [],
    ...changed,
  });

export default defineControl({
  id: 'privileged-access',
  title: 'Privileged access',
  area: 'access',
  promise: 'Few people hold privileged roles, and each grant of the last 90 days was asked for.',
  severity: 'critical',
  remedy:
    'Take privileged roles from whoever does not need them daily, and attach the ticket of each grant named here or take the role away.',
  limits:
    'What makes a role privileged is what it permits (or a name that the policy lists); roles of that kind are found however they are called.',
  requires: ['privilegedAccess'],
  thresholds: {
    people: {
      kind: 'number',
      title: 'People who may hold a privileged role',
      default: 10,
      min: 0,
      max: 100_000,
      unit: '',
    },
    linkedGrants: {
      kind: 'flag',
      title: 'Each grant must rest on an approved ticket or commit',
      default: true,
    },
  },
  evaluate({ privilegedAccess }, thresholds) {
    const { roles, people, grants, from, to } = privilegedAccess;
    const given = grants.filter((one) => one.action !== 'MemberRemove');
    const unasked = given.filter((one) => one.linkage !== 'linked' && one.linkage !== 'not_applicable');
    const observations: Observation[] = [
      atMost(
        { what: 'Number of people with a privileged role', key: 'people' },
        people,
        numberOf(thresholds, 'people'),
      ),
    ];
    for (const one of roles)
      if (one.ownCount !== null && one.ownCount !== one.holders)
        observations.push(
          observed(
            {
              what: `Holders of ${one.name ?? one.id}`,
              key: `${one.id}/count`,
              subject: { type: 'Role', id: one.id, name: one.name },
            },
            {
              expected: `${one.ownCount}, as the platform counts`,
              actual: `${one.holders} were read and the platform counts ${one.ownCount}: the list is not whole`,
              ok: null,
            },
          ),
        );
    if (flagOf(thresholds, 'linkedGrants'))
      observations.push(
        mustBeNone(
          { what: 'Grants of privileged roles without approval', key: 'grants' },
          unasked.length,
          `grants of privileged roles that no approved ticket asked for, of ${given.length} from ${from} to ${to}`,
          unasked[0] === undefined
            ? null
            : `${unasked[0].by ?? 'somebody'} granted ${unasked[0].role} to ${unasked[0].subject ?? 'somebody'}`,
        ),
      );
    return {
      observations,
      rows: grants.map(({ changeId, at, by, action, role: name, subject, linkage }) => ({
        at,
        by,
        action,
        role: name,
        subject,
        linkage,
        changeId,
      })),
    };
  },
  examples: [
    { name: 'three people, no grant', inputs: { privilegedAccess: access() }, outcome: 'pass' },
    {
      name: 'I13: a grant that was asked for',
      inputs: { privilegedAccess: access({ grants: [grant('linked')] }) },
      outcome: 'pass',
    },
    {
      name: 'I13: a grant nobody asked for, by whom, of what, to whom',
      inputs: { privilegedAccess: access({ grants: [grant('unlinked')] }) },
      outcome: 'fail',
      says: /Dana granted Master Admin to Ravi/,
    },
    {
      name: 'too many people',
      inputs: { privilegedAccess: access({ people: 40 }) },
      outcome: 'fail',
      says: /is 40, at most 10/,
    },
    {
      name: 'I22: a list that does not tie out is no pass',
      inputs: { privilegedAccess: access({ roles: [{ ...role, holders: 50, ownCount: 1_500 }] }) },
      outcome: 'not_evaluated',
      says: /50 were read and the platform counts 1500/,
    },
    {
      name: 'roles not read',
      inputs: { privilegedAccess: notEvaluated('the roles were never read') },
      outcome: 'not_evaluated',
    },
  ],
});

import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { exampleReconciliation, observeRules } from '../model/reconciled';

const RULES = [
  {
    rule: 'role-beyond-policy',
    what: 'Roles beyond what the personnel list authorises',
    noun: 'roles are held beyond what the personnel list authorises',
  },
  {
    rule: 'privileged-beyond-policy',
    what: 'Privileged roles beyond policy',
    noun: 'privileged roles are held beyond policy',
  },
  {
    rule: 'outside-role-rule',
    what: 'Members outside the group or department of their role',
    noun: 'members are outside the group or department of their role',
  },
  {
    rule: 'promoted-kept-role',
    what: 'Promoted people who kept the old role',
    noun: 'promoted people kept the role they had before',
  },
  {
    rule: 'moved-kept-rights',
    what: 'People who changed department and kept their rights',
    noun: 'people changed department and kept administrative rights',
  },
  {
    rule: 'division-differs',
    what: 'People in another division than the authorised one',
    noun: 'people are in another division than the authorised one',
  },
  {
    rule: 'dormant-privileged',
    what: 'Dormant privileged accounts',
    noun: 'privileged accounts are dormant',
  },
  {
    rule: 'duties-conflict',
    what: 'Conflicting duties in one hand',
    noun: 'people hold duties that exclude each other',
  },
  { rule: 'orphaned-client', what: 'OAuth clients nobody owns', noun: 'OAuth clients are owned by nobody' },
] as const;
const IDS = RULES.map(({ rule }) => rule);

export default defineControl({
  id: 'role-drift',
  title: 'Rights match the job',
  area: 'access',
  promise: 'People hold the roles and the division their job calls for, and lose them when the job changes.',
  severity: 'high',
  remedy:
    'Open the drift of each rule on the Access page and take the right away, or change the policy that should have allowed it.',
  requires: ['reconciliation'],
  thresholds: {},
  evaluate: ({ reconciliation }) => ({ observations: observeRules(reconciliation, RULES) }),
  examples: [
    {
      name: 'I8: nothing drifted',
      inputs: { reconciliation: known(exampleReconciliation(IDS)) },
      outcome: 'pass',
    },
    {
      name: 'I8, I17: a member outside the group',
      inputs: {
        reconciliation: known(
          exampleReconciliation(IDS, { 'outside-role-rule': { holding: 2, worst: 'Mia is in Sales' } }),
        ),
      },
      outcome: 'fail',
      says: /^2 members are outside the group or department of their role, none is allowed; Mia is in Sales$/,
    },
    {
      name: 'I20: a rule that could not be evaluated is no pass',
      inputs: {
        reconciliation: known(
          exampleReconciliation(IDS, { 'division-differs': { notEvaluated: 'the personnel list is stale' } }),
        ),
      },
      outcome: 'not_evaluated',
    },
    {
      name: 'I20: a failing rule is told beside one that could not be',
      inputs: {
        reconciliation: known(
          exampleReconciliation(IDS, {
            'division-differs': { notEvaluated: 'the personnel list is stale' },
            'dormant-privileged': { holding: 1 },
          }),
        ),
      },
      outcome: 'fail',
    },
    {
      name: 'a rule the reconciliation does not know',
      inputs: { reconciliation: known(exampleReconciliation(IDS.slice(1))) },
      outcome: 'not_evaluated',
    },
    { name: 'never reconciled', inputs: { reconciliation: notEvaluated('never') }, outcome: 'not_evaluated' },
  ],
});

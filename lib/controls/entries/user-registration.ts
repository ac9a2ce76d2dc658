import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { mustBeNone, observed, untold } from '../model/observe';
import { exampleReconciliation, observeRules } from '../model/reconciled';
import { numberOf } from '../model/threshold';

const RULES = [
  { rule: 'leaver-active', what: 'Leavers who are still active', noun: 'leavers are still active' },
  {
    rule: 'inactive-employed',
    what: 'Employed people whose account is inactive',
    noun: 'employed people have an inactive account',
  },
  {
    rule: 'unknown-to-hr',
    what: 'Accounts the personnel list does not know',
    noun: 'accounts are unknown to the personnel list',
  },
] as const;
const IDS = RULES.map(({ rule }) => rule);

export default defineControl({
  id: 'user-registration',
  title: 'Registration and de-registration of users',
  area: 'access',
  promise: 'Accounts belong to people who work here, and are closed promptly when somebody leaves.',
  severity: 'critical',
  remedy:
    'Deactivate the accounts of leavers named on the Access page, and match or close those the personnel list does not know.',
  requires: ['reconciliation'],
  thresholds: {
    lateLeavers: {
      kind: 'number',
      title: 'Leavers whose account may have been closed late',
      default: 0,
      min: 0,
      max: 100_000,
      unit: '',
      why: 'How long is late is set where the reconciliation is',
    },
  },
  evaluate({ reconciliation }, thresholds) {
    const { leavers } = reconciliation;
    const promptly = { what: 'Accounts of leavers closed promptly', key: 'promptness' };
    const allowed = numberOf(thresholds, 'lateLeavers');
    const slowest =
      leavers.slowestHours === null ? '' : `, the slowest after ${Math.round(leavers.slowestHours)} hours`;
    const prompt: Observation =
      leavers.prompt + leavers.late + leavers.stillActive + leavers.notEvaluated === 0
        ? mustBeNone(promptly, 0, 'leavers in the personnel list')
        : leavers.late > allowed
          ? observed(promptly, {
              expected: `within ${leavers.thresholdHours} hours, at most ${allowed} later`,
              actual: `${leavers.late} of ${leavers.prompt + leavers.late} late${slowest}`,
              ok: false,
            })
          : leavers.notEvaluated > 0
            ? untold(
                promptly,
                `within ${leavers.thresholdHours} hours`,
                `of ${leavers.notEvaluated} leavers it is not known when the account was closed`,
              )
            : observed(promptly, {
                expected: `within ${leavers.thresholdHours} hours`,
                actual: `${leavers.prompt} of ${leavers.prompt + leavers.late} within ${leavers.thresholdHours} hours${slowest}`,
                ok: true,
              });
    return { observations: [...observeRules(reconciliation, RULES), prompt] };
  },
  examples: [
    {
      name: 'I3: every leaver closed within hours',
      inputs: { reconciliation: known(exampleReconciliation(IDS)) },
      outcome: 'pass',
    },
    {
      name: 'I3, I4: a leaver is still active',
      inputs: {
        reconciliation: known(
          exampleReconciliation(IDS, { 'leaver-active': { holding: 1, worst: 'Ravi left 9 days ago' } }),
        ),
      },
      outcome: 'fail',
      says: /^1 leavers are still active, none is allowed; Ravi left 9 days ago$/,
    },
    {
      name: 'I3: closed, but late',
      inputs: { reconciliation: known(exampleReconciliation(IDS, {}, { late: 2, slowestHours: 80 })) },
      outcome: 'fail',
      says: /2 of 6 late, the slowest after 80 hours/,
    },
    {
      name: 'I20, X7: the personnel list could not be read',
      inputs: {
        reconciliation: known(
          exampleReconciliation(IDS, {
            'leaver-active': { notEvaluated: 'the personnel list is not reachable' },
          }),
        ),
      },
      outcome: 'not_evaluated',
      says: /personnel list is not reachable/,
    },
    {
      name: 'I3: when an account was closed is not known',
      inputs: { reconciliation: known(exampleReconciliation(IDS, {}, { notEvaluated: 1 })) },
      outcome: 'not_evaluated',
    },
    {
      name: 'never reconciled',
      inputs: { reconciliation: notEvaluated('access was never held against the personnel list') },
      outcome: 'not_evaluated',
    },
  ],
});

import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl, type Observation } from '../model/control';
import { atLeast, observed, untold } from '../model/observe';
import { flagIn, listOf, memberOf, numberIn, subjectOf } from '../model/read-json';
import { numberOf } from '../model/threshold';

const policy = (changed: object = {}, days: number | null = 180) => ({
  id: 'p1',
  name: 'Keep calls',
  enabled: true,
  actions: {
    retainRecording: true,
    deleteRecording: false,
    alwaysDelete: false,
    retentionDuration: days === null ? {} : { deleteRetention: { days } },
  },
  policyErrors: { policyErrorMessages: [] },
  ...changed,
});

export default defineControl({
  id: 'recording-retention',
  title: 'Recordings are kept as long as they must, and no longer',
  area: 'protection',
  promise: 'Policies say how long recordings are kept, and each lies within the bounds.',
  severity: 'medium',
  remedy:
    'In Genesys Cloud under Admin, Quality, Policies, set how long recordings are kept in each policy named here.',
  limits: 'Which recordings a policy covers follows from its conditions, which are not judged.',
  requires: ['retentionPolicies'],
  thresholds: {
    shortestDays: {
      kind: 'number',
      title: 'Shortest time recordings are kept',
      default: 90,
      min: 0,
      max: 36_500,
      unit: 'days',
    },
    longestDays: {
      kind: 'number',
      title: 'Longest time recordings are kept',
      default: 2_555,
      min: 1,
      max: 36_500,
      unit: 'days',
      why: 'Seven years; what is kept for ever is kept too long',
    },
  },
  evaluate({ retentionPolicies }, thresholds) {
    const enabled = listOf(retentionPolicies).filter((one) => flagIn(one, 'enabled') !== false);
    const observations: Observation[] = [
      atLeast({ what: 'Number of enabled retention policies', key: 'enabled' }, enabled.length, 1),
    ];
    observations.push(...enabled.flatMap((one, place) => ofPolicy(one, place, thresholds)));
    return { observations };
  },
  examples: [
    { name: '180 days', inputs: { retentionPolicies: known([policy()]) }, outcome: 'pass' },
    {
      name: 'no policy',
      inputs: { retentionPolicies: known([]) },
      outcome: 'fail',
      says: /is 0, at least 1/,
    },
    {
      name: 'too short',
      inputs: { retentionPolicies: known([policy({}, 30)]) },
      outcome: 'fail',
      says: /30 days/,
    },
    {
      name: 'kept for ever',
      inputs: { retentionPolicies: known([policy({}, null)]) },
      outcome: 'fail',
      says: /without end/,
    },
    {
      name: 'deletes at once',
      inputs: {
        retentionPolicies: known([policy({ actions: { deleteRecording: true, alwaysDelete: true } })]),
      },
      outcome: 'fail',
    },
    {
      name: 'a policy in error',
      inputs: {
        retentionPolicies: known([policy({ policyErrors: { policyErrorMessages: [{ statusCode: 400 }] } })]),
      },
      outcome: 'fail',
    },
    {
      name: 'what it does is not stated',
      inputs: { retentionPolicies: known([{ id: 'p', enabled: true }]) },
      outcome: 'not_evaluated',
    },
    {
      name: 'not read',
      inputs: { retentionPolicies: notEvaluated('no permission x') },
      outcome: 'not_evaluated',
    },
  ],
});

function ofPolicy(
  policy: unknown,
  place: number,
  thresholds: Parameters<typeof numberOf>[0],
): readonly Observation[] {
  const subject = subjectOf('RetentionPolicy', policy, place);
  const about = {
    what: `Retention of policy ${subject.name ?? subject.id}`,
    key: `${subject.id}/days`,
    subject,
  };
  const [min, max] = [numberOf(thresholds, 'shortestDays'), numberOf(thresholds, 'longestDays')];
  const expected = `between ${min} and ${max} days`;
  const actions = memberOf(policy, 'actions');
  const errors = memberOf(policy, 'policyErrors', 'policyErrorMessages');
  const broken = Array.isArray(errors) && errors.length > 0;
  const wrong = broken
    ? [
        observed(
          { what: `Errors of policy ${subject.name ?? subject.id}`, key: `${subject.id}/errors`, subject },
          { expected: 'none', actual: String(errors.length), ok: false },
        ),
      ]
    : [];
  if (actions === undefined)
    return [untold(about, expected, 'the platform does not state what it does'), ...wrong];
  if (flagIn(actions, 'alwaysDelete') === true || flagIn(actions, 'deleteRecording') === true)
    return [observed(about, { expected, actual: 'deleted at once', ok: min === 0 }), ...wrong];
  const days = numberIn(actions, 'retentionDuration', 'deleteRetention', 'days');
  const judged =
    days === null
      ? { expected, actual: 'without end', ok: false }
      : { expected, actual: `${days} days`, ok: days >= min && days <= max };
  return [observed(about, judged), ...wrong];
}

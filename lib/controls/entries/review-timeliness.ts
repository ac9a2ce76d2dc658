import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { Reviews } from '../model/inputs';
import { mustBeNone, observed } from '../model/observe';
import { numberOf } from '../model/threshold';

const reviews = (...overdue: Reviews['overdue']) => known<Reviews>({ reviewed: 3, pending: 2, overdue });
const late: Reviews['overdue'][number] = {
  id: 'mov_1',
  kind: 'move',
  sentence: 'The move of Ravi to Restricted',
  dueAt: '2026-11-01T00:00:00Z',
};

export default defineControl({
  id: 'review-timeliness',
  title: 'Reviews happen in time',
  area: 'privacy',
  promise: 'What must be reviewed by a person is reviewed before it is due.',
  severity: 'medium',
  remedy: 'Review what is named here, or hand it to somebody who can.',
  requires: ['reviews'],
  thresholds: {
    overdue: {
      kind: 'number',
      title: 'Reviews that may be overdue',
      default: 0,
      min: 0,
      max: 10_000,
      unit: '',
    },
  },
  evaluate({ reviews: seen }, thresholds) {
    const { reviewed, pending, overdue } = seen;
    const rows = overdue.map(({ id, kind, sentence, dueAt }) => ({ id, kind, sentence, dueAt }));
    if (reviewed + pending + overdue.length === 0)
      return { nothing: 'Nothing had to be reviewed: no move falls under the review policy in force' };
    const allowed = numberOf(thresholds, 'overdue');
    const about = { what: 'Overdue reviews', key: 'overdue' };
    return {
      observations: [
        allowed === 0
          ? mustBeNone(about, overdue.length, 'overdue reviews', overdue[0]?.sentence)
          : observed(about, {
              expected: `at most ${allowed}`,
              actual: String(overdue.length),
              ok: overdue.length <= allowed,
            }),
      ],
      rows,
    };
  },
  examples: [
    { name: 'all in time', inputs: { reviews: reviews() }, outcome: 'pass' },
    {
      name: 'one overdue',
      inputs: { reviews: reviews(late) },
      outcome: 'fail',
      says: /1 overdue reviews, none is allowed; The move of Ravi/,
    },
    {
      name: 'one is allowed',
      inputs: { reviews: reviews(late) },
      thresholds: { overdue: 1 },
      outcome: 'pass',
    },
    {
      name: 'I24: nothing to review, proven',
      inputs: { reviews: known({ reviewed: 0, pending: 0, overdue: [] }) },
      outcome: 'pass',
      says: /Nothing had to be reviewed/,
    },
    {
      name: 'no policy',
      inputs: { reviews: notEvaluated('no review policy was ever set') },
      outcome: 'not_evaluated',
    },
  ],
});

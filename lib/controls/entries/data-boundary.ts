import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { Boundaries } from '../model/inputs';
import { mustBeNone, untold } from '../model/observe';
import { flagOf } from '../model/threshold';

const EU = { id: 'd1', name: 'EMEA', region: 'EU' };
const US = { id: 'd2', name: 'US', region: 'US' };
const boundaries = (changed: Partial<Boundaries> = {}) =>
  known<Boundaries>({
    from: '2026-08-31T00:00:00Z',
    to: '2026-11-30T00:00:00Z',
    divisions: [EU, US],
    crossings: [],
    notEvaluated: 0,
    moves: 12,
    ...changed,
  });
const crossing = (review: Boundaries['crossings'][number]['review']) => ({
  id: 'mov_1',
  at: '2026-11-01T00:00:00Z',
  target: 'Ravi',
  fromName: 'EMEA',
  toName: 'US',
  review,
});

export default defineControl({
  id: 'data-boundary',
  title: 'Data stays inside its region',
  area: 'privacy',
  promise: 'Every division has a region, and what moves between regions was looked at by a person.',
  severity: 'high',
  remedy: 'Give each division its region under Settings, and review the moves named here.',
  requires: ['boundaries'],
  thresholds: {
    pendingCounts: {
      kind: 'flag',
      title: 'A crossing that waits for its review in time counts against it',
      default: false,
    },
  },
  evaluate({ boundaries: seen }, thresholds) {
    const { divisions, crossings, notEvaluated: untoldMoves, from, to } = seen;
    const without = divisions.filter((one) => one.region === null);
    const open = crossings.filter(
      ({ review }) =>
        review === 'not_needed' ||
        review === 'overdue' ||
        review === 'rejected' ||
        (review === 'pending' && flagOf(thresholds, 'pendingCounts')),
    );
    const first = open[0];
    return {
      observations: [
        mustBeNone(
          { what: 'Divisions without a region', key: 'regions' },
          without.length,
          'divisions without a region',
          without.map((one) => one.name ?? one.id).join(', '),
        ),
        mustBeNone(
          { what: 'Moves between regions that nobody approved', key: 'crossings' },
          open.length,
          'moves between regions that nobody approved',
          first === undefined
            ? null
            : `${first.target ?? 'an object'} from ${first.fromName ?? '?'} to ${first.toName ?? '?'}`,
        ),
        ...(untoldMoves > 0
          ? [
              untold(
                { what: 'Moves whose regions are not known', key: 'unknown' },
                'none',
                `${untoldMoves} moves from ${from} to ${to} touch a division that had no region`,
              ),
            ]
          : []),
      ],
      rows: crossings.map(({ id, at, target, fromName, toName, review }) => ({
        id,
        at,
        target,
        fromName,
        toName,
        review,
      })),
    };
  },
  examples: [
    { name: 'regions known, no crossing', inputs: { boundaries: boundaries() }, outcome: 'pass' },
    {
      name: 'a crossing that was approved',
      inputs: { boundaries: boundaries({ crossings: [crossing('approved')] }) },
      outcome: 'pass',
    },
    {
      name: 'a crossing nobody looked at in time',
      inputs: { boundaries: boundaries({ crossings: [crossing('overdue')] }) },
      outcome: 'fail',
      says: /1 moves between regions that nobody approved, none is allowed; Ravi from EMEA to US/,
    },
    {
      name: 'a division without a region',
      inputs: { boundaries: boundaries({ divisions: [EU, { id: 'd3', name: 'Home', region: null }] }) },
      outcome: 'fail',
      says: /1 divisions without a region, none is allowed; Home/,
    },
    {
      name: 'moves that cannot be told',
      inputs: { boundaries: boundaries({ notEvaluated: 2 }) },
      outcome: 'not_evaluated',
    },
    {
      name: 'not read',
      inputs: { boundaries: notEvaluated('the divisions were never read') },
      outcome: 'not_evaluated',
    },
  ],
});

import { DAY_MS, parseInstant } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { EventLogging } from '../model/inputs';
import { mustBeNone, observed, untold } from '../model/observe';
import { numberOf } from '../model/threshold';

const kept = (readFrom: string | null, gap = 0) => {
  const hours = {
    from: '2025-01-01T00:00:00Z',
    to: '2026-11-30T00:00:00Z',
    complete: 9_000,
    provisional: 0,
    pending: 0,
    gap,
    notEvaluated: 0,
  };
  return known<EventLogging>({
    earliestEvent: readFrom,
    events: 10,
    readFrom,
    readTo: '2026-11-30T00:00:00Z',
    recent: hours,
    whole: hours,
    silent: [],
    services: 20,
  });
};

export default defineControl({
  id: 'log-retention',
  title: 'Audit records are kept',
  area: 'logging',
  promise: 'Audit records are kept for the whole retention period, without holes.',
  severity: 'high',
  remedy:
    'Ask for the missing hours while the platform still has them; keep what was collected, it is never deleted by the product.',
  limits:
    'What was logged before collecting began is kept by the platform for its own time only, and cannot be shown here.',
  requires: ['eventLogging'],
  thresholds: {
    days: {
      kind: 'number',
      title: 'Days that audit records are kept',
      default: 365,
      min: 1,
      max: 3_660,
      unit: 'days',
      why: 'PCI DSS 4.0.1, 10.5.1: twelve months; HIPAA 164.316(b)(2) asks for six years (2,192 days)',
    },
  },
  evaluate({ eventLogging }, thresholds, now) {
    const days = numberOf(thresholds, 'days');
    const from = parseInstant(eventLogging.readFrom);
    const held = from === null ? null : Math.floor((now.getTime() - from.getTime()) / DAY_MS);
    const about = { what: 'Kept audit records', key: 'held' };
    const expected = `${days} days`;
    return {
      observations: [
        held === null
          ? untold(about, expected, 'nothing was read yet')
          : held < days
            ? untold(
                about,
                expected,
                `they reach back ${held} days to ${eventLogging.readFrom}, ${days} days are required: older ones cannot be shown yet`,
              )
            : observed(about, { expected, actual: `${held} days, from ${eventLogging.readFrom}`, ok: true }),
        mustBeNone(
          { what: 'Holes in the kept records', key: 'holes' },
          eventLogging.whole.gap,
          'hours are missing from the kept records',
        ),
      ],
    };
  },
  examples: [
    {
      name: 'I7: two years, no hole',
      inputs: { eventLogging: kept('2024-11-01T00:00:00Z') },
      outcome: 'pass',
    },
    {
      name: 'I7: a hole',
      inputs: { eventLogging: kept('2024-11-01T00:00:00Z', 4) },
      outcome: 'fail',
      says: /4 hours are missing from the kept records/,
    },
    {
      name: 'I7: kept for 60 days so far is no pass, and no failure either',
      inputs: { eventLogging: kept('2026-10-01T00:00:00Z') },
      outcome: 'not_evaluated',
      says: /reach back 60 days/,
    },
    { name: 'nothing read', inputs: { eventLogging: kept(null) }, outcome: 'not_evaluated' },
    {
      name: 'not counted',
      inputs: { eventLogging: notEvaluated('nothing was collected yet') },
      outcome: 'not_evaluated',
    },
  ],
});

import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { EventLogging } from '../model/inputs';
import { mustBeNone, observed, untold } from '../model/observe';

const hours = (changed: Partial<EventLogging['recent']> = {}) => ({
  from: '2026-10-31T00:00:00Z',
  to: '2026-11-30T00:00:00Z',
  complete: 700,
  provisional: 15,
  pending: 5,
  gap: 0,
  notEvaluated: 0,
  ...changed,
});
const logging = (changed: Partial<EventLogging> = {}) =>
  known<EventLogging>({
    earliestEvent: '2026-01-02T03:04:05Z',
    events: 1_200,
    readFrom: '2026-01-01T00:00:00Z',
    readTo: '2026-11-30T00:00:00Z',
    recent: hours(),
    whole: hours(),
    silent: [],
    services: 24,
    ...changed,
  });

export default defineControl({
  id: 'event-logging',
  title: 'Acts of administrators are logged',
  area: 'logging',
  promise: 'What administrators do is logged by the platform and read whole, with no hour missing.',
  severity: 'high',
  remedy:
    'Open Coverage, choose the hours named here, and ask for them again; where a permission is missing, add it to the role of the reading client.',
  limits:
    'The audit interface offers no count of its own: complete means complete as reconciled by a second reading or a second path.',
  requires: ['eventLogging'],
  thresholds: {},
  evaluate({ eventLogging }) {
    const { earliestEvent, recent, silent, events } = eventLogging;
    return {
      observations: [
        earliestEvent === null
          ? untold(
              { what: 'Earliest kept audit record', key: 'earliest' },
              'a record',
              'no audit record was ever read, and an empty log proves nothing',
            )
          : observed(
              { what: 'Earliest kept audit record', key: 'earliest' },
              { expected: 'a record', actual: `of ${earliestEvent} (${events} kept)`, ok: true },
            ),
        mustBeNone(
          { what: 'Hours not answered', key: 'gaps' },
          recent.gap,
          `hours of the last 30 days not answered`,
          silent.length === 0
            ? null
            : `services: ${silent.map((one) => `${one.service} (${one.hours})`).join(', ')}`,
        ),
        recent.notEvaluated > 0
          ? untold(
              { what: 'Hours of the last 30 days', key: 'not-evaluated' },
              'all asked for',
              `${recent.notEvaluated} could not be asked for, a permission is missing`,
            )
          : observed(
              { what: 'Reading of the last 30 days', key: 'read' },
              {
                expected: 'complete up to the last hours',
                actual: `${recent.complete} hours complete, ${recent.provisional} provisional, ${recent.pending} pending`,
                ok: recent.complete + recent.provisional > 0 ? true : null,
              },
            ),
      ],
      rows: silent.map((one) => ({ service: one.service, hours: one.hours })),
    };
  },
  examples: [
    {
      name: 'I7: everything read, and the earliest record named',
      inputs: { eventLogging: logging() },
      outcome: 'pass',
    },
    {
      name: 'I7: hours nobody answered',
      inputs: {
        eventLogging: logging({ recent: hours({ gap: 2 }), silent: [{ service: 'Routing', hours: 2 }] }),
      },
      outcome: 'fail',
      says: /2 hours of the last 30 days not answered, none is allowed; services: Routing \(2\)/,
    },
    {
      name: 'I24: an empty log proves nothing',
      inputs: { eventLogging: logging({ earliestEvent: null, events: 0 }) },
      outcome: 'not_evaluated',
    },
    {
      name: 'a service without permission',
      inputs: { eventLogging: logging({ recent: hours({ notEvaluated: 3 }) }) },
      outcome: 'not_evaluated',
    },
    {
      name: 'nothing collected',
      inputs: { eventLogging: notEvaluated('nothing was collected yet') },
      outcome: 'not_evaluated',
    },
  ],
});

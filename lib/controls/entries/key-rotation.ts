import { DAY_MS, parseInstant } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import { atMost, observed } from '../model/observe';
import { listOf, textIn } from '../model/read-json';
import { numberOf, wordOf } from '../model/threshold';

const PERIODS: readonly string[] = ['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'];
const key = (createDate: string | null) => ({ id: 'r1', createDate });
const every = (period: string) => known({ period });

export default defineControl({
  id: 'key-rotation',
  title: 'Recording keys are rotated',
  area: 'protection',
  promise: 'The key that encrypts recordings is replaced on a schedule, and was.',
  severity: 'medium',
  remedy:
    'In Genesys Cloud under Admin, Quality, Encryption Keys, choose a rotation period and check that a new key appears.',
  requires: ['rotationSchedule', 'recordingKeys'],
  thresholds: {
    slowest: { kind: 'choice', title: 'Slowest rotation period', default: 'MONTHLY', options: PERIODS },
    newestKeyDays: {
      kind: 'number',
      title: 'Oldest the newest key may be',
      default: 35,
      min: 1,
      max: 1_100,
      unit: 'days',
      why: 'A month and a few days of grace; a schedule alone does not show that keys are made',
    },
  },
  evaluate({ rotationSchedule, recordingKeys }, thresholds, now) {
    const period = textIn(rotationSchedule, 'period');
    const slowest = wordOf(thresholds, 'slowest');
    const place = period === null ? -1 : PERIODS.indexOf(period);
    const made = listOf(recordingKeys).flatMap(
      (one) => parseInstant(textIn(one, 'createDate'))?.getTime() ?? [],
    );
    const age = made.length === 0 ? null : Math.floor((now.getTime() - Math.max(...made)) / DAY_MS);
    return {
      observations: [
        observed(
          { what: 'Rotation of recording keys', key: 'schedule' },
          {
            expected: `${slowest} or more often`,
            actual: period ?? 'the platform does not state it',
            ok: period === null ? null : place >= 0 && place <= PERIODS.indexOf(slowest),
          },
        ),
        listOf(recordingKeys).length === 0
          ? observed(
              { what: 'Newest recording key', key: 'age' },
              { expected: 'a key', actual: 'absent', ok: false },
            )
          : atMost(
              { what: 'Age of the newest recording key', key: 'age' },
              age,
              numberOf(thresholds, 'newestKeyDays'),
              'days',
            ),
      ],
    };
  },
  examples: [
    {
      name: 'I6: monthly, the newest twelve days old',
      inputs: {
        rotationSchedule: every('MONTHLY'),
        recordingKeys: known([key('2026-11-18T00:00:00Z'), key('2026-10-19T00:00:00Z')]),
      },
      outcome: 'pass',
    },
    {
      name: 'I6: rotation disabled',
      inputs: { rotationSchedule: every('DISABLED'), recordingKeys: known([key('2026-11-18T00:00:00Z')]) },
      outcome: 'fail',
      says: /^Rotation of recording keys is DISABLED, MONTHLY or more often is required$/,
    },
    {
      name: 'I6: a schedule that is not kept',
      inputs: { rotationSchedule: every('MONTHLY'), recordingKeys: known([key('2026-01-01T00:00:00Z')]) },
      outcome: 'fail',
      says: /Age of the newest recording key is \d+ days/,
    },
    {
      name: 'I6: no key',
      inputs: { rotationSchedule: every('MONTHLY'), recordingKeys: known([]) },
      outcome: 'fail',
    },
    {
      name: 'a key without a date',
      inputs: { rotationSchedule: every('MONTHLY'), recordingKeys: known([key(null)]) },
      outcome: 'not_evaluated',
    },
    {
      name: 'I28: no permission',
      inputs: {
        rotationSchedule: notEvaluated('no permission recording:encryptionKey:view'),
        recordingKeys: known([key('2026-11-18T00:00:00Z')]),
      },
      outcome: 'not_evaluated',
    },
  ],
});

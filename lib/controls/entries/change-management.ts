import { known, notEvaluated } from '@/lib/kernel/outcome';
import { defineControl } from '../model/control';
import type { ChangeManagement } from '../model/inputs';
import { observed } from '../model/observe';
import { numberOf } from '../model/threshold';

const counted = (unlinked: number, total: number, notLookedUp = 0) =>
  known<ChangeManagement>({
    from: '2026-11-01T00:00:00Z',
    to: '2026-12-01T00:00:00Z',
    unlinked,
    total,
    rate: total === 0 ? null : unlinked / total,
    notEvaluated: notLookedUp,
  });
const percent = (share: number) => `${Math.round(share * 10_000) / 100}%`;

export default defineControl({
  id: 'change-management',
  title: 'Changes are asked for and approved',
  area: 'change',
  promise:
    'Changes rest on an approved ticket or a reviewed commit; the share of those that do not stays below the limit.',
  severity: 'high',
  remedy:
    'Open the unlinked changes of the period, attach the tickets that exist, and ask for a justification of the rest.',
  requires: ['changeManagement'],
  thresholds: {
    unlinkedRate: {
      kind: 'number',
      title: 'Highest unlinked change rate',
      default: 0.05,
      min: 0,
      max: 1,
      unit: 'of 1',
    },
  },
  evaluate({ changeManagement }, thresholds) {
    const { rate, unlinked, total, from, to, notEvaluated: waiting } = changeManagement;
    const max = numberOf(thresholds, 'unlinkedRate');
    if (rate === null)
      return {
        nothing: `No change that must be accounted for was made from ${from} to ${to}: a proven zero of the completely counted period`,
      };
    // What a source could not be asked about counts as unlinked: the verdict may hold either way without it.
    const atBest = (unlinked - waiting) / total;
    const ok = rate <= max ? true : atBest <= max ? null : false;
    return {
      observations: [
        observed(
          { what: 'Unlinked change rate', key: 'rate' },
          {
            expected: `at most ${percent(max)}`,
            actual:
              ok === null
                ? `it lies between ${percent(atBest)} and ${percent(rate)}, since ${waiting} citations could not be looked up`
                : `${percent(rate)} (${unlinked} of ${total})`,
            ok,
          },
        ),
      ],
    };
  },
  examples: [
    { name: 'below the limit', inputs: { changeManagement: counted(4, 100) }, outcome: 'pass' },
    {
      name: 'above it',
      inputs: { changeManagement: counted(12, 100) },
      outcome: 'fail',
      says: /^Unlinked change rate is 12% \(12 of 100\), at most 5% is required$/,
    },
    {
      name: 'a stricter limit',
      inputs: { changeManagement: counted(4, 100) },
      thresholds: { unlinkedRate: 0.01 },
      outcome: 'fail',
    },
    {
      name: 'I24: no change is a proven zero',
      inputs: { changeManagement: counted(0, 0) },
      outcome: 'pass',
      says: /proven zero/,
    },
    {
      name: 'a source that could not be asked decides it',
      inputs: { changeManagement: counted(12, 100, 10) },
      outcome: 'not_evaluated',
      says: /between 2% and 12%/,
    },
    {
      name: 'above it whatever the source would say',
      inputs: { changeManagement: counted(30, 100, 10) },
      outcome: 'fail',
    },
    {
      name: 'not counted',
      inputs: { changeManagement: notEvaluated('records are missing') },
      outcome: 'not_evaluated',
    },
  ],
});

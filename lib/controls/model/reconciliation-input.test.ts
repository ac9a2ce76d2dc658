import { describe, expect, test } from 'vitest';
import { addMs, HOUR_MS } from '@/lib/kernel/instant';
import { type LeaverTold, type ReconciliationRun, reconciliationInput } from './reconciliation-input';

const NOW = new Date('2026-11-30T12:00:00Z');
const run: ReconciliationRun = {
  asOf: addMs(NOW, -6 * HOUR_MS),
  finishedAt: addMs(NOW, -6 * HOUR_MS),
  rules: [
    { rule: 'leaver-active', outcome: 'evaluated', because: null, items: 2 },
    { rule: 'division-differs', outcome: 'not_evaluated', because: 'the personnel list is stale', items: 0 },
  ],
  counts: { users: 120 },
};
const leaver = (outcome: LeaverTold['outcome'], hours: number | null): LeaverTold => ({
  outcome,
  tookMs: hours === null ? null : hours * HOUR_MS,
  thresholdMs: 24 * HOUR_MS,
});
const read = (given: ReconciliationRun | null, now = NOW) =>
  reconciliationInput(given, {
    now,
    titleOf: (rule) => `Title of ${rule}`,
    worstOf: (rule) => (rule === 'leaver-active' ? 'Ravi left 9 days ago' : null),
    leavers: [
      leaver('prompt', 3),
      leaver('late', 90),
      leaver('still_active', 200),
      leaver('not_evaluated', null),
    ],
  });

describe('a reconciliation as controls look at it', () => {
  test('I3, I20: rules with what they hold or why not, and how fast accounts were closed', () => {
    const read1 = read(run);
    if (read1.kind !== 'known') throw new Error(read1.because);
    expect(read1.value.rules).toEqual([
      {
        rule: 'leaver-active',
        title: 'Title of leaver-active',
        notEvaluated: null,
        holding: 2,
        worst: 'Ravi left 9 days ago',
      },
      {
        rule: 'division-differs',
        title: 'Title of division-differs',
        notEvaluated: 'the personnel list is stale',
        holding: 0,
        worst: null,
      },
    ]);
    expect(read1.value.leavers).toEqual({
      prompt: 1,
      late: 1,
      stillActive: 1,
      notEvaluated: 1,
      thresholdHours: 24,
      slowestHours: 90,
    });
  });

  test('X7: never, or too long ago, is not evaluated', () => {
    expect(read(null)).toMatchObject({ kind: 'not_evaluated' });
    expect(read(run, addMs(NOW, 21 * HOUR_MS))).toMatchObject({ kind: 'not_evaluated' });
    expect(read(run, addMs(NOW, 20 * HOUR_MS))).toMatchObject({ kind: 'known' });
  });
});

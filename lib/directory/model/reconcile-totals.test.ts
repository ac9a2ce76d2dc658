import { describe, expect, it } from 'vitest';
import { type ReadingCounts, reconcileTotals } from './reconcile-totals';

const counts = (more: Partial<ReadingCounts>): ReadingCounts => ({
  outcome: 'complete',
  expectedTotal: null,
  totalBefore: 1500,
  totalAfter: 1500,
  distinctCount: 1500,
  ...more,
});

describe('whether a reading is complete', () => {
  it.each([
    { name: 'I22: totals that agree', given: {}, outcome: 'complete', because: null, moved: false },
    {
      name: 'I22: 50 of 1,500',
      given: { distinctCount: 50 },
      outcome: 'partial',
      because: 'read 50 of 1,500',
      moved: false,
    },
    {
      name: 'I25: a total that moved',
      given: { totalAfter: 1501, distinctCount: 1501 },
      outcome: 'partial',
      because: 'the total moved from 1,500 to 1,501 while it was read',
      moved: true,
    },
    {
      name: 'I22: an independent count that differs',
      given: { expectedTotal: 1600 },
      outcome: 'partial',
      because: 'read 1,500, expected 1,600',
      moved: false,
    },
    {
      name: 'more than the total',
      given: { distinctCount: 1501 },
      outcome: 'partial',
      because: 'read 1,501 of 1,500',
      moved: true,
    },
    {
      name: 'no total offered',
      given: { totalBefore: null, totalAfter: null },
      outcome: 'complete',
      because: null,
      moved: false,
    },
    {
      name: 'a reader that gave up',
      given: { outcome: 'not_evaluated', because: 'permission x is missing' },
      outcome: 'not_evaluated',
      because: 'permission x is missing',
      moved: false,
    },
  ] as const)('$name: $outcome', ({ given, outcome, because, moved }) => {
    expect(reconcileTotals(counts(given))).toEqual({ outcome, because, moved });
  });
});

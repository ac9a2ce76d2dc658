import { describe, expect, it } from 'vitest';
import type { CoverageHourDto } from '@/lib/changes/contract';
import type { CoverageState } from '@/lib/kernel/words';
import { blindHoursIn, blindSpans } from './blind-spans';

const hour = (at: string, state: CoverageState): CoverageHourDto => ({
  hour: `2026-11-03T${at}:00:00Z`,
  state,
  basis: null,
  records: 0,
  services: 1,
  quarantined: 0,
  because: null,
});
const at = (clock: string) => Date.parse(`2026-11-03T${clock}:00:00Z`);

describe('stretches that were not seen', () => {
  const spans = blindSpans([
    hour('11', 'gap'),
    hour('09', 'gap'),
    hour('10', 'not_evaluated'),
    hour('14', 'gap'),
    hour('15', 'pending'),
    hour('16', 'complete'),
  ]);

  it('are joined where they touch; a quiet hour and a coming one are none', () => {
    expect(spans).toEqual([
      { from: at('09'), to: at('12') },
      { from: at('14'), to: at('15') },
    ]);
  });

  it('are counted in hours within any bucket', () => {
    expect(blindHoursIn(spans, at('00'), at('23'))).toBe(4);
    expect(blindHoursIn(spans, at('10'), at('11'))).toBe(1);
    expect(blindHoursIn(spans, at('15'), at('23'))).toBe(0);
  });
});

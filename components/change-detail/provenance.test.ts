import { describe, expect, it } from 'vitest';
import { approvalDistance, formatConfidence, provenanceOf } from './provenance';

const name = (from: Parameters<typeof provenanceOf>[0]['from'], knownFrom: string | null) => ({
  id: 'x',
  name: from === 'unresolved' ? null : 'EMEA',
  from,
  knownFrom,
});

describe('a name of the past', () => {
  it.each([
    ['snapshot', '2026-11-12T02:00:00Z', 'name of that moment, known from the snapshot of 2026-11-12 02:00Z'],
    [
      'earlier_snapshot',
      '2026-11-11T02:00:00Z',
      'name before that moment, known from the last snapshot of 2026-11-11 02:00Z',
    ],
    ['create_event', '2026-11-11T02:00:00Z', 'name given when it was created of 2026-11-11 02:00Z'],
    ['record', null, 'name as the record itself says'],
    ['platform_lookup', '2026-11-12T14:00:00Z', 'name as the platform answered at 2026-11-12 14:00Z'],
  ] as const)('D23: from %s says how it is known', (from, knownFrom, text) => {
    expect(provenanceOf(name(from, knownFrom), 'UTC')).toBe(text.replace('created of', 'created, record of'));
  });

  it('D7: unresolved is said, not guessed', () => {
    expect(provenanceOf(name('unresolved', null), 'UTC')).toMatch(/^unresolved/);
  });
});

describe('an approval', () => {
  it('in the same second counts as before', () => {
    expect(approvalDistance('2026-11-12T14:00:00Z', '2026-11-12T14:00:00Z')).toEqual({ ms: 0, before: true });
  });

  it('one second later is after', () => {
    expect(approvalDistance('2026-11-12T14:00:01Z', '2026-11-12T14:00:00Z')).toEqual({
      ms: 1000,
      before: false,
    });
  });

  it('has a confidence with two decimals', () => {
    expect(formatConfidence(0.968)).toBe('0.97');
  });
});

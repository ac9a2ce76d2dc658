import { describe, expect, it } from 'vitest';
import { endOfSpan, problemOfEnd } from './mute-end';

const now = new Date('2026-11-28T10:00:00Z');

describe('the end of a mute', () => {
  it('lies as far ahead as the press says', () => {
    expect(endOfSpan('4h', now)).toEqual(new Date('2026-11-28T14:00:00Z'));
    expect(endOfSpan('7d', now)).toEqual(new Date('2026-12-05T10:00:00Z'));
  });

  it('is needed, and lies ahead', () => {
    expect(problemOfEnd(null, now)).toContain('no mute lasts for ever');
    expect(problemOfEnd(now, now)).toContain('ahead');
    expect(problemOfEnd(endOfSpan('24h', now), now)).toBeNull();
  });
});

import { describe, expect, test } from 'vitest';
import { paceStepSeconds } from './pace';
import { durationWords, ruleSays, type SessionTold, sessionSentence } from './session-words';

const FIRST = new Date('2026-03-01T10:00:00Z');
const told: SessionTold = {
  kind: 'bulk',
  rule: 'burst',
  ruleKey: null,
  owner: { kind: 'automation', id: 'cccc0000-0000-4000-8000-0000000000c1', name: 'Skill Loader' },
  changes: 1_000,
  steps: 1_000,
  nested: 0,
  firstAt: FIRST,
  lastAt: new Date('2026-03-01T10:05:33Z'),
  anchorId: 'a1',
};

describe('a session in words', () => {
  test('says who did how much in which time', () => {
    expect(sessionSentence(told, null)).toBe('Skill Loader made 1,000 changes in 5 min 33 s');
    expect(
      sessionSentence(
        { ...told, kind: 'cascade', rule: 'transaction' },
        'Dana Admin changed Edge group EMEA',
      ),
    ).toBe('Dana Admin changed Edge group EMEA: 999 records more in 5 min 33 s');
  });

  test.each([
    [0, 'one second'],
    [59_000, '59 s'],
    [60_000, '1 min'],
    [7_505_000, '2 h 5 min'],
    [90_000_000, '1 d 1 h'],
  ])('%i ms are %s', (ms, words) => {
    expect(durationWords(ms)).toBe(words);
  });

  test('R23: the rule is explained with its limits', () => {
    expect(ruleSays({ ...told, nested: 2 })).toBe(
      'A bulk task: 1,000 steps, at least 20 accountable changes of Skill Loader through one client, each at most 60 seconds after the one before. 2 cascades among them count as one step each. Minute borders play no part, nor does length, and changes of somebody else never join.',
    );
    const cascade: SessionTold = { ...told, kind: 'cascade', rule: 'correlation', ruleKey: 'c-7' };
    expect(ruleSays(cascade)).toContain(
      'one correlation (c-7), each at most 10 minutes after the one before',
    );
    expect(ruleSays({ ...cascade, owner: { kind: 'platform', id: null, name: null } })).toContain(
      'The platform',
    );
  });

  test('the little chart has few enough steps to tell apart, however long a session lasts', () => {
    expect(paceStepSeconds(told)).toBe(60);
    const year = { firstAt: FIRST, lastAt: new Date('2027-03-01T10:00:00Z') };
    expect((365 * 86_400) / paceStepSeconds(year)).toBeLessThan(120);
  });
});

import { expect, test } from 'vitest';
import { loopSentence } from './words';

test.each([
  [['found', 'found', 'found'], 'The loop is closed: every step is found.'],
  [['missing', 'found', 'found'], 'The loop is open: review is missing.'],
  [['missing', 'missing', 'found'], 'The loop is open: review and merge are missing.'],
  [['not_evaluated', 'not_evaluated', 'found'], 'No step is missing; review and merge are not evaluated.'],
  [['not_evaluated', 'found', 'missing'], 'The loop is open: apply is missing; review is not evaluated.'],
] as const)('R13: a loop that is %j is told in a sentence', ([review, merge, apply], sentence) => {
  expect(
    loopSentence([
      { step: 'review', state: review },
      { step: 'merge', state: merge },
      { step: 'apply', state: apply },
      { step: 'audit_record', state: 'found' },
    ]),
  ).toBe(sentence);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { passwordProblem } from './password-policy';

test.each([
  ['a word everybody knows with a year', 'Password2026!', /everybody knows/],
  ['letters swapped for signs', 'P@ssw0rd!!2026', /everybody knows/],
  ['two common words', 'welcomesummer26', /everybody knows/],
  ['the alphabet', 'abcdefghijklmnop', /neighbouring/],
  ['the keyboard', 'qwertyuiopasdf', /neighbouring/],
  ['one character', 'aaaaaaaaaaaaaaaa', /different characters/],
  ['too short', 'k7#Tz', /at least 12/],
  ['too long', 'x7'.repeat(80), /at most 128/],
  ['the e-mail address', 'dana.admin12345', /name or e-mail/],
])('%s is refused', (_, password, why) => {
  expect(passwordProblem(password, ['dana.admin@example.com', 'Dana Admin'])).toMatch(why);
});

test.each([
  'plum-orbit-candle-42',
  'ein Igel im Nebel',
  'コンプライアンスの記録をつける',
  'dana likes purple tapirs',
])('%s is taken', (password) => {
  expect(passwordProblem(password, ['dana.admin@example.com', 'Dana Admin'])).toBeNull();
});

test('the answer is a sentence or nothing for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.emailAddress(), (password, email) => {
      const problem = passwordProblem(password, [email]);
      return problem === null || problem.length > 10;
    }),
  );
});

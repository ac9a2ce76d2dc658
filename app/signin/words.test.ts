import { expect, test } from 'vitest';
import { problemFor, withinSite } from './words';

const HERE = 'https://tallystick.example.com';

test.each([
  ['/changes?from=2026-11-01', '/changes?from=2026-11-01'],
  [`${HERE}/coverage`, '/coverage'],
  ['https://evil.example/changes', '/'],
  ['//evil.example/changes', '/'],
  ['/\\evil.example', '/'],
  ['javascript:alert(1)', '/'],
  ['/signin?from=/signin', '/'],
  [undefined, '/'],
  [['/a', '/b'], '/'],
])('after signing in, %j leads to %s', (wanted, path) => {
  expect(withinSite(wanted, HERE)).toBe(path);
});

test('a wait is said in seconds, anything unknown in words, and nothing of the code is echoed', () => {
  expect(problemFor('throttled:42')).toContain('42 seconds');
  expect(problemFor('<script>')).not.toContain('script');
  expect(problemFor(undefined)).toBeNull();
});

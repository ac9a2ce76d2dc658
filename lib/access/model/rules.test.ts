import { describe, expect, test } from 'vitest';
import { DRIFT_RESIDENTS } from '../catalogue.gen';
import type { Drift } from './drift';
import { exampleContext } from './example-subjects';

describe('rules about drift', () => {
  test('each is named like its file, says what to do, and shows a case it finds and one it leaves alone', () => {
    for (const { rule } of DRIFT_RESIDENTS) {
      expect(rule.id, rule.id).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(rule.needs.length, rule.id).toBeGreaterThan(0);
      expect(rule.runbook.length, rule.id).toBeGreaterThan(30);
      const found = rule.examples.map(({ finds }) => finds.length);
      expect(found.some((n) => n > 0) && found.includes(0), rule.id).toBe(true);
    }
  });

  for (const { rule } of DRIFT_RESIDENTS) {
    describe(rule.id, () => {
      if (rule.on === 'user')
        test.each(rule.examples.map((one) => [one.name, one] as const))('%s', (_, example) => {
          says(rule.judge(example.subject, exampleContext(example.context)), example.finds);
        });
      else
        test.each(rule.examples.map((one) => [one.name, one] as const))('%s', (_, example) => {
          says(rule.judge(example.subject, exampleContext(example.context)), example.finds);
        });
    });
  }
});

function says(
  drifts: readonly Drift[],
  finds: readonly { readonly severity: string; readonly right: string; readonly says?: RegExp }[],
): void {
  expect(drifts.map(({ severity, right }) => ({ severity, right: right.id }))).toEqual(
    finds.map(({ severity, right }) => ({ severity, right })),
  );
  for (const [index, drift] of drifts.entries()) {
    expect(drift.sentence).toMatch(finds[index]?.says ?? /./);
    expect(drift.reasons.length).toBeGreaterThan(0);
  }
}

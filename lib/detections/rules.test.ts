import { describe, expect, test } from 'vitest';
import { allRules, ruleSha256, rulesOn } from './catalogue';
import type { AnyRule, Example, Rule, SubjectKind } from './model/rule';
import { NOTHING_KNOWN } from './model/subject';

type Case = { readonly name: string; readonly run: () => void };

function casesOf<K extends SubjectKind>(rule: Rule<K>): Case[] {
  return rule.examples.map((example: Example<Rule<K>['examples'][number]['subject']>) => ({
    name: `${rule.id}: ${example.name}`,
    run() {
      const concern = rule.judge(example.subject, { ...NOTHING_KNOWN, ...example.context });
      if (example.finds === null) return expect(concern).toBeNull();
      expect(concern).toMatchObject({ rule: rule.id, severity: example.finds.severity });
      expect(concern?.key.startsWith(`${rule.id}/`)).toBe(true);
      expect(concern?.reasons.every((reason) => reason.trim() !== '')).toBe(true);
      expect(concern?.responses.every(({ kind }) => rule.responses.includes(kind))).toBe(true);
      if (example.finds.says) expect(concern?.sentence).toMatch(example.finds.says);
      if (example.finds.key) expect(concern?.key).toBe(example.finds.key);
    },
  }));
}

function allCases(rule: AnyRule): Case[] {
  switch (rule.on) {
    case 'change':
      return casesOf(rule);
    case 'move':
      return casesOf(rule);
    case 'silence':
      return casesOf(rule);
    default:
      return casesOf(rule);
  }
}

describe('each rule finds what its examples say and leaves the rest alone', () => {
  test.each(allRules().flatMap(allCases))('$name', ({ run }) => run());

  test.each(allRules())('$id has an example it finds, and says what to do', (rule) => {
    expect(rule.examples.some((example) => example.finds !== null)).toBe(true);
    for (const text of [rule.title, rule.about, rule.runbook]) expect(text.length).toBeGreaterThan(15);
    expect(ruleSha256(rule.id)).toMatch(/^[0-9a-f]{64}$/);
  });

  test('rules about changes and moves have an example they leave alone, too', () => {
    for (const rule of [...rulesOn('change'), ...rulesOn('move')])
      expect(
        rule.examples.some((example) => example.finds === null),
        rule.id,
      ).toBe(true);
  });

  test('the general rule is judged last', () => {
    expect(rulesOn('change').at(-1)?.id).toBe('high-risk-ad-hoc');
  });
});

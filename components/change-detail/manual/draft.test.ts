import { describe, expect, test } from 'vitest';
import { attachedOf, EMPTY_DRAFT, kindOf } from './draft';

describe('what a person names', () => {
  test.each([
    ['CHG0031022', 'servicenow'],
    ['chg0031022 ', 'servicenow'],
    ['NWC-12', 'jira'],
    ['a1b2c3d', 'commit'],
    ['Form 12/2026', null],
    ['CHG12', null],
  ] as const)('%s is recognised', (text, kind) => expect(kindOf(text)).toBe(kind));

  test('a paper needs its name, what it is, who approved it and when', () => {
    const paper = { ...EMPTY_DRAFT, kind: 'manual' as const, reference: 'Form 12', title: 'Emergency form' };
    expect(attachedOf(paper)).toEqual({ missing: 'Say who approved it.' });
    expect(attachedOf({ ...paper, approver: 'Paula' })).toEqual({ missing: 'Say when it was approved.' });
    expect(attachedOf({ ...paper, approver: 'Paula', approvedAt: '2026-11-12T11:02' })).toEqual({
      kind: 'manual',
      reference: 'Form 12',
      title: 'Emergency form',
      approver: 'Paula',
      approvedAt: '2026-11-12T11:02:00Z',
    });
  });

  test('a reference that does not fit its kind is said so', () => {
    expect(attachedOf({ ...EMPTY_DRAFT, reference: 'NWC-12' })).toEqual({
      missing: 'NWC-12 does not look like a ServiceNow change.',
    });
  });
});

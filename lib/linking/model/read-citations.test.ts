import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCitations } from './read-citations';

function references(text: string): string[] {
  return readCitations(text).map(
    (citation) => `${citation.kind} ${citation.reference}${citation.certain ? '' : '?'}`,
  );
}

describe('citations in the text of a change', () => {
  it.each([
    ['a Jira key', 'Approved as NWC-12', ['jira NWC-12']],
    ['a Jira key inside a branch name', 'feature/NWC-12-longer-queue', ['jira NWC-12']],
    ['a change number', 'CHG0031001 implemented', ['servicenow CHG0031001']],
    ['a change number behind an underscore', 'see_CHG0031001_v2', ['servicenow CHG0031001']],
    [
      'a commit in the pipeline’s stamp',
      '[sha:a1b2c3d CHG0031001]',
      ['commit a1b2c3d', 'servicenow CHG0031001'],
    ],
    ['a hash in capitals, looked up in lower case', 'A1B2C3D4', ['commit a1b2c3d4']],
    [
      'a full hash',
      'c0ffee0123456789c0ffee0123456789c0ffee01',
      ['commit c0ffee0123456789c0ffee0123456789c0ffee01'],
    ],
    ['one thing named twice, once', 'NWC-12, again NWC-12', ['jira NWC-12']],
    [
      'several things, in the order of the text',
      'CHG0031001; NWC-2 a1b2c3d',
      ['servicenow CHG0031001', 'jira NWC-2', 'commit a1b2c3d'],
    ],
  ])('R5: %s is read', (_, text, expected) => expect(references(text)).toEqual(expected));

  it.each([
    ['a number with fewer than seven digits', 'CHG003100'],
    ['six hex digits', 'a1b2c3'],
    ['a word of forty-one hex digits', `${'a1'.repeat(20)}f`],
    ['an UUID', 'c0000000-0000-4000-8000-0000000000e1'],
    ['an UUID in capitals beside others', 'queueId:C0000000-0000-4000-8000-0000000000E1:members'],
    ['a key in small letters', 'nwc-12'],
    ['a key whose number begins with zero', 'NWC-012'],
    ['a one-letter prefix', 'A-12'],
    ['an instant', '2026-11-20T14:22:31Z'],
    ['nothing at all', ''],
  ])('R14: %s cites nothing', (_, text) => expect(references(text)).toEqual([]));

  it.each([
    ['a date without dashes', '20261120', ['commit 20261120?']],
    ['a telephone number', 'call +14155550123', ['commit 14155550123?']],
    ['a hex word', 'the wall was defaced', ['commit defaced?']],
  ])('R14: %s is one only if it resolves', (_, text, expected) => expect(references(text)).toEqual(expected));

  it('R14: UTF-8 and ISO-8601 look like keys and wait for their project; their numbers are no commits', () => {
    expect(readCitations('UTF-8 and ISO-8601, FOO-1234567')).toEqual([
      { kind: 'jira', reference: 'UTF-8', project: 'UTF', certain: true },
      { kind: 'jira', reference: 'ISO-8601', project: 'ISO', certain: true },
      { kind: 'jira', reference: 'FOO-1234567', project: 'FOO', certain: true },
    ]);
  });

  it('whatever the text, every citation stands in it, none is read twice, and UUIDs never cite', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.uuid(), fc.constantFrom('NWC-1', 'CHG0031001', 'a1b2c3d'))),
        (parts) => {
          const text = parts.join(' ');
          const citations = readCitations(text);
          const lower = text.toLowerCase();
          expect(citations.every((citation) => lower.includes(citation.reference.toLowerCase()))).toBe(true);
          expect(new Set(citations.map((citation) => `${citation.kind} ${citation.reference}`)).size).toBe(
            citations.length,
          );
        },
      ),
    );
    fc.assert(
      fc.property(fc.array(fc.uuid()), (ids) => {
        expect(readCitations(ids.join(','))).toEqual([]);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { copyEscape, copyRow } from './copy';

describe('a field of COPY', () => {
  test.each<[string, Parameters<typeof copyEscape>[0], string]>([
    ['null', null, '\\N'],
    ['an empty text', '', ''],
    ['a text that looks like null', '\\N', '\\\\N'],
    ['tab and newline', 'a\tb\nc\rd', 'a\\tb\\nc\\rd'],
    ['a number', 1.5, '1.5'],
    ['a boolean', false, 'f'],
    ['an instant', new Date('2026-11-20T14:22:31.250Z'), '2026-11-20T14:22:31.250Z'],
    ['bytes', Buffer.from([0, 255]), '\\\\x00ff'],
    ['an array', ['a"b', null, 'c\\d'], '{"a\\\\"b",NULL,"c\\\\\\\\d"}'],
    ['an object', { a: 'ü\n' }, '{"a":"ü\\\\n"}'],
  ])('%s', (_name, value, field) => {
    expect(copyEscape(value)).toBe(field);
  });

  test('refuses NUL, which no text of PostgreSQL can hold', () => {
    expect(() => copyEscape('a\0b')).toThrow('NUL');
  });

  test('never holds a bare tab or newline, so a row is one line with as many fields as values', () => {
    const text = fc.string({ unit: 'binary' }).filter((value) => !value.includes('\0'));
    fc.assert(
      fc.property(fc.array(fc.option(text), { minLength: 1, maxLength: 8 }), (values) => {
        const line = copyRow(values);
        expect(line.split('\n')).toHaveLength(2);
        expect(line.slice(0, -1).split('\t')).toHaveLength(values.length);
      }),
    );
  });
});

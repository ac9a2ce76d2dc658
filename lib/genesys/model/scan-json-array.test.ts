import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ArrayScan, envelopeBytes, JsonScanError, scanJsonArray } from './scan-json-array';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

function slices(bytes: Uint8Array, scan: ArrayScan): unknown[] {
  return scan.elements.map(({ offset, length }) =>
    JSON.parse(decode(bytes.subarray(offset, offset + length))),
  );
}

/** Writes a document as JSON with white space and escapes in every place the grammar allows. */
function writeOddly(value: unknown, odd: () => number): string {
  const space = () => ['', '', ' ', '\n', '\r\n\t', '  '][odd() % 6];
  const text = (plain: string) =>
    JSON.stringify(plain).replace(/[a-z/]/g, (char) =>
      odd() % 7 === 0 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char,
    );
  const write = (item: unknown): string => {
    if (typeof item === 'string') return withSpace(escapesKept(item));
    if (Array.isArray(item)) return withSpace(`[${item.length === 0 ? space() : item.map(write).join(',')}]`);
    if (item !== null && typeof item === 'object')
      return withSpace(
        `{${Object.entries(item)
          .map(([name, member]) => `${withSpace(escapesKept(name))}:${write(member)}`)
          .join(',')}${Object.keys(item).length === 0 ? space() : ''}}`,
      );
    return withSpace(JSON.stringify(item));
  };
  const withSpace = (inner: string) => `${space()}${inner}${space()}`;
  // Characters behind a backslash belong to an escape already.
  const escapesKept = (plain: string) =>
    JSON.stringify(plain).includes('\\') ? JSON.stringify(plain) : text(plain);
  return write(value);
}

const documents = fc.record({
  elements: fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 12 }),
  before: fc.dictionary(
    fc.string({ unit: 'binary' }).filter((name) => name !== 'entities' && name !== '__proto__'),
    fc.jsonValue(),
    { maxKeys: 3 },
  ),
  odds: fc.infiniteStream(fc.nat(1000)),
  mark: fc.boolean(),
});

describe('finding the records', () => {
  it('finds in any document exactly the elements that JSON.parse finds', () => {
    fc.assert(
      fc.property(documents, ({ elements, before, odds, mark }) => {
        const odd = () => odds.next().value ?? 0;
        const whole = { ...before, entities: elements, cursor: 'c]},"' };
        const bytes = encode(`${mark ? '\uFEFF' : ''}${writeOddly(whole, odd)}`);
        const scan = scanJsonArray(bytes, 'entities');
        expect(slices(bytes, scan)).toEqual(JSON.parse(JSON.stringify(elements)));
        expect(JSON.parse(decode(envelopeBytes(bytes, scan)))).toEqual(
          JSON.parse(JSON.stringify({ ...whole, entities: [] })),
        );
      }),
      { numRuns: 1500 },
    );
  });

  it('finds the elements of a file that is an array, however it is indented', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.nat(8), (elements, indent) => {
        const bytes = encode(JSON.stringify(elements, null, indent));
        expect(slices(bytes, scanJsonArray(bytes, null))).toEqual(JSON.parse(JSON.stringify(elements)));
      }),
      { numRuns: 500 },
    );
  });

  it('never takes a cut-off page for a whole one', () => {
    const bytes = encode('{"id":"q","entities":[{"id":"1","x":"]}"},{"id":"2"},3,null],"cursor":"c"}');
    for (let length = 0; length < bytes.length; length++)
      expect(() => scanJsonArray(bytes.subarray(0, length), 'entities'), `cut at ${length}`).toThrow(
        JsonScanError,
      );
  });

  it('agrees with JSON.parse on what is broken around the records, for any one byte changed', () => {
    const whole = encode('{"a":[1,{"b":"\\"]"}],"entities":[{"id":"1"},{"id":"2","c":[{}]}],"cursor":null}');
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bytes = whole.slice();
        bytes[at] = byte;
        let scan: ArrayScan;
        try {
          scan = scanJsonArray(bytes, 'entities');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(JsonScanError);
          return;
        }
        // What the scanner lets pass is judged by parsing the envelope and each slice: together they must not accept more than JSON.parse.
        let parts = true;
        try {
          JSON.parse(decode(envelopeBytes(bytes, scan)));
          slices(bytes, scan);
        } catch {
          parts = false;
        }
        if (parts) expect(() => JSON.parse(decode(bytes))).not.toThrow();
      }),
      { numRuns: 5000 },
    );
  });

  it('keeps invalid UTF-8 inside a record from spoiling its neighbours', () => {
    const bytes = Buffer.concat([
      Buffer.from('{"entities":[{"n":"'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from('"},{"id":"2"}]}'),
    ]);
    const scan = scanJsonArray(bytes, 'entities');
    expect(scan.elements).toHaveLength(2);
    const [bad, good] = scan.elements.map(({ offset, length }) => bytes.subarray(offset, offset + length));
    expect(() => decode(bad!)).toThrow();
    expect(JSON.parse(decode(good!))).toEqual({ id: '2' });
  });

  it('keeps numbers as they were written', () => {
    const bytes = encode('{"entities":[1.0,{"v":1e400}]}');
    const texts = scanJsonArray(bytes, 'entities').elements.map((e) =>
      decode(bytes.subarray(e.offset, e.offset + e.length)),
    );
    expect(texts).toEqual(['1.0', '{"v":1e400}']);
  });

  it.each([
    ['{"results":[]}', 'the member entities is missing', 13],
    ['{}', 'the member entities is missing', 1],
    ['[]', 'an object was expected', 0],
    ['{"entities":null}', 'an array was expected', 12],
    ['{"entities":[],"entities":[1]}', 'the member entities stands twice', 26],
    ['{"entities":[1,]}', 'a value was expected', 15],
    ['{"entities":[{"a":1]}]}', 'a bracket does not match', 19],
    ['{"entities":[1 2]}', 'a comma or the end of the array was expected', 15],
    ['{"entities":[]} x', 'something stands behind the end', 16],
    ['<html>', 'an object was expected', 0],
    ['', 'an object was expected', 0],
  ])('says where %s is broken', (text, why, position) => {
    try {
      scanJsonArray(encode(text), 'entities');
      expect.unreachable();
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(JsonScanError);
      if (thrown instanceof JsonScanError) {
        expect(thrown.message).toContain(why);
        expect(thrown.position).toBe(position);
      }
    }
  });

  it('reads a name written with escapes as JSON.parse does', () => {
    expect(scanJsonArray(encode('{"\\u0065ntities":[1]}'), 'entities').elements).toHaveLength(1);
  });

  it('is not stopped by depth', () => {
    const deep = `{"entities":[${'['.repeat(200_000)}${']'.repeat(200_000)}]}`;
    expect(scanJsonArray(encode(deep), 'entities').elements).toHaveLength(1);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prettyJson } from './pretty-json';

describe('a raw record laid out for reading', () => {
  it('keeps every number and name as it came', () => {
    expect(prettyJson('{"a":1.0,"a":[],"b":{"c":"x,{y}:\\"z\\""}}')).toBe(
      '{\n  "a": 1.0,\n  "a": [],\n  "b": {\n    "c": "x,{y}:\\"z\\""\n  }\n}',
    );
  });

  it('is none when it is no JSON', () => {
    expect(prettyJson('{"a":')).toBeNull();
    expect(prettyJson('')).toBeNull();
  });

  it('says the same as the record, whatever is in it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(JSON.parse(prettyJson(text) ?? '')).toEqual(JSON.parse(text));
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { scanJsonArray } from '@/lib/genesys/model/scan-json-array';
import { cutEvents, packEvents } from './cut-events';
import { readEnvelope } from './envelope';
import { matchesChange, matchesDetailType } from './match';

const texts = (events: readonly Buffer[] | null) => events?.map((event) => event.toString());

describe('the events of a request', () => {
  test.each([
    ['one event', ' {"id": 1}\n', ['{"id": 1}']],
    ['an array', '[ {"a":1} , {"b":[1,2]} ]', ['{"a":1}', '{"b":[1,2]}']],
    ['none', ' [ ] ', []],
    ['a byte-order mark', '\ufeff[{"a":1}]', ['{"a":1}']],
    ['broken insides that can be told apart', '[{"a":nope},2,"x"]', ['{"a":nope}', '2', '"x"']],
    ['cut off', '[{"a":1},{"b"', null],
    ['two documents', '{"a":1}{"b":2}', null],
    ['two with a comma', '{"a":1},{"b":2}', null],
    ['nothing', '', null],
  ])('%s', (_, body, expected) => {
    expect(texts(cutEvents(Buffer.from(body)))).toEqual(expected ?? undefined);
  });

  test('packed into a page they are found again at their places, byte for byte', () => {
    fc.assert(
      fc.property(fc.array(fc.json(), { maxLength: 30 }), (documents) => {
        const events = documents.map((text) => Buffer.from(text));
        const { bytes, offsets } = packEvents(events);
        const found = scanJsonArray(bytes, null).elements;
        expect(found.map((one) => one.offset)).toEqual(offsets);
        expect(found.map((one) => bytes.subarray(one.offset, one.offset + one.length))).toEqual(events);
      }),
    );
  });
});

describe('an envelope', () => {
  const org = 'A0000000-0000-4000-8000-000000000001';
  test('tells its id, its kind and the organisation of its source', () => {
    const envelope = {
      id: 'e-1',
      'detail-type': 'v2.audits.entitytype.{id}.entityid.{id}',
      source: `aws.partner/genesys.com/cloud/${org}/compliance`,
      detail: {},
    };
    expect(readEnvelope(envelope)).toEqual({
      id: 'e-1',
      detailType: 'v2.audits.entitytype.{id}.entityid.{id}',
      orgId: org.toLowerCase(),
    });
  });

  test.each([
    ['a bare record', { id: 'audit-1', serviceName: 'Routing' }],
    ['another source', { detail: {}, source: 'aws.s3' }],
    ['no organisation in it', { detail: {}, source: 'aws.partner/genesys.com/cloud/nobody/x' }],
    ['a retyped source', { detail: {}, source: 7, id: 7, 'detail-type': {} }],
    ['a list', [1]],
    ['nothing', null],
  ])('that is none: %s', (_, parsed) => {
    expect(readEnvelope(parsed)).toEqual({ id: null, detailType: null, orgId: null });
  });
});

describe('the matching rule', () => {
  const change = { service: 'Directory', entityType: 'User', action: 'Update' };
  test.each([
    ['nothing said', {}, true],
    ['every list holds it, in any case of letters', { services: ['directory'], entityTypes: ['USER'] }, true],
    ['one list does not hold it', { services: ['Directory'], actions: ['Delete'] }, false],
  ])('%s', (_, match, expected) => {
    expect(matchesChange(match, change)).toBe(expected);
  });

  test('a kind of event is judged only where the envelope names one', () => {
    const match = { detailTypes: ['v2.audits.entitytype.{id}.entityid.{id}'] };
    expect(matchesDetailType(match, 'V2.Audits.entitytype.{id}.entityid.{id}')).toBe(true);
    expect(matchesDetailType(match, 'v2.users.{id}.presence')).toBe(false);
    expect(matchesDetailType(match, null)).toBe(true);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { auditId, DANA, eventBridgeEvent, moveRecord, restRecord, topicRecord } from '../../fixtures/records';
import { differingFields } from './compare-versions';
import { normalise } from './normalise';

function changeOf(value: unknown) {
  const normalised = normalise(value);
  if (normalised.kind !== 'change') throw new Error(normalised.message);
  return normalised.change;
}

describe('normalise', () => {
  test('L21: REST, notification, large-result file and EventBridge give one record with one id', () => {
    const rest = moveRecord(1);
    for (const shape of [
      rest,
      topicRecord(rest),
      eventBridgeEvent(rest),
      { ...topicRecord(rest), username: undefined },
    ]) {
      const change = changeOf(shape);
      expect(change.id).toBe(auditId(1));
      expect(change.eventDate.toISOString()).toBe('2026-03-01T14:22:31.000Z');
      expect(change.actorId).toBe(DANA);
      expect(differingFields(changeOf(rest), change)).toEqual([]);
    }
    expect(changeOf(rest).complete).toBe(true);
    expect(changeOf(topicRecord(rest)).complete).toBe(false);
    expect(changeOf(eventBridgeEvent(rest)).correlationId).toBe('b1f7c9d2-archival');
  });

  test.each([
    [
      'several property changes are all kept',
      { propertyChanges: [{ property: 'a' }, { property: 'b', newValues: ['1', '2'] }] },
      [
        { property: 'a', oldValues: [], newValues: [] },
        { property: 'b', oldValues: [], newValues: ['1', '2'] },
      ],
    ],
    ['none gives none', { propertyChanges: undefined }, []],
    [
      'a single value counts as a list of one',
      { propertyChanges: [{ property: 'a', oldValues: 'x', newValues: 5 }] },
      [{ property: 'a', oldValues: ['x'], newValues: ['5'] }],
    ],
    [
      'values that are objects become their JSON',
      { propertyChanges: [{ property: 'a', newValues: [{ b: 1 }, true, null] }] },
      [{ property: 'a', oldValues: [], newValues: ['{"b":1}', 'true'] }],
    ],
    [
      'a change without a property name stays',
      { propertyChanges: [{ newValues: ['x'] }] },
      [{ property: '', oldValues: [], newValues: ['x'] }],
    ],
  ])('R7: %s', (_name, more, expected) => {
    expect(changeOf(restRecord(2, more)).propertyChanges).toEqual(expected);
  });

  test('R7: a record by a client alone, without entity, lists or context, is a change', () => {
    const change = changeOf(
      restRecord(3, {
        user: undefined,
        client: { id: 'client-1' },
        entity: undefined,
        remoteIp: undefined,
        context: undefined,
        propertyChanges: undefined,
      }),
    );
    expect(change).toMatchObject({
      actorId: 'client-1',
      userId: null,
      entityId: null,
      entityName: null,
      remoteIp: [],
      context: {},
      propertyChanges: [],
      citableText: null,
    });
  });

  test('citations are read from new values of description, notes and comments, message and context; old values and other properties cite nothing', () => {
    const change = changeOf(
      restRecord(4, {
        propertyChanges: [
          { property: 'description', oldValues: ['OLD-1'], newValues: ['NWC-1'] },
          { property: 'changeComment', newValues: ['NWC-2'] },
          { property: 'internalNotes', newValues: ['NWC-3'] },
          { property: 'callingPartyName', newValues: ['NOT-1'] },
        ],
        message: { message: 'by NWC-4', messageWithParams: 'by {x}', messageParams: { x: 'CHG0000001' } },
        context: { comment: 'NWC-5', nested: { a: 'NWC-6' } },
      }),
    );
    for (const cited of ['NWC-1', 'NWC-2', 'NWC-3', 'NWC-4', 'NWC-5', 'NWC-6', 'CHG0000001'])
      expect(change.citableText).toContain(cited);
    for (const not of ['OLD-1', 'NOT-1']) expect(change.citableText).not.toContain(not);
  });

  test.each([
    ['no object', 'text', 'not_an_object'],
    ['null', null, 'not_an_object'],
    ['no id', restRecord(5, { id: undefined }), 'missing_id'],
    ['an id with spaces', restRecord(5, { id: 'a b' }), 'bad_id'],
    ['a retyped id', restRecord(5, { id: 5 }), 'retyped_field'],
    ['no level', restRecord(5, { level: undefined }), 'missing_level'],
    ['no action', restRecord(5, { action: '' }), 'missing_action'],
    ['no time', restRecord(5, { eventDate: undefined }), 'missing_time'],
    ['an absurd time', restRecord(5, { eventDate: '0001-99-99T99:99:99Z' }), 'bad_time'],
  ])('L20: %s is unreadable with a reason', (_name, value, reason) => {
    expect(normalise(value)).toMatchObject({ kind: 'unreadable', reason });
  });

  test('L20: unknown fields pass and are named, retyped fields are read and named', () => {
    const normalised = normalise(
      restRecord(6, {
        dataResidency: { region: 'x' },
        entity: { id: 'e', colour: 'red' },
        remoteIp: '192.0.2.1',
        level: 'USER',
      }),
    );
    expect(normalised).toMatchObject({
      kind: 'change',
      change: { unknownFields: ['dataResidency', 'entity.colour'], remoteIp: ['192.0.2.1'] },
    });
    expect(normalised.drift.map((one) => `${one.kind} ${one.field}`)).toEqual([
      'new_field dataResidency',
      'new_field entity.colour',
      'retyped_field remoteIp',
    ]);
  });

  test('texts the database cannot hold are mended, since the raw bytes keep them', () => {
    const change = changeOf(
      restRecord(7, { entity: { id: 'e', name: 'half \ud83d and \0' }, context: { 'a\0': 'b\ud800' } }),
    );
    expect(change.entityName).toBe('half \ufffd and \ufffd');
    expect(change.context).toEqual({ 'a\ufffd': 'b\ufffd' });
  });

  test('it never throws, whatever JSON it is given', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void normalise(value)));
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.constantFrom(
            'id',
            'eventDate',
            'user',
            'context',
            'propertyChanges',
            'message',
            'level',
            '__proto__',
          ),
          fc.jsonValue(),
        ),
        (more) => void normalise({ ...restRecord(8), ...more }),
      ),
    );
    let deep: unknown = 'x';
    for (let n = 0; n < 50_000; n++) deep = [deep];
    expect(normalise(restRecord(9, { context: { deep } })).kind).toMatch(/change|unreadable/);
  });

  test('the same bytes give the same change', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(normalise({ ...restRecord(8), context: { value } })).toEqual(
          normalise({ ...restRecord(8), context: { value } }),
        );
      }),
    );
  });
});

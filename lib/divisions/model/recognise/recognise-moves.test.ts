import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { KnownDivisions, MoveFacts } from './move-facts';
import { recogniseMoves } from './recognise-moves';

const USER = 'c0000000-0000-4000-8000-000000000003';
const QUEUE = 'e0000000-0000-4000-8000-000000000004';
const A = 'd0000000-0000-4000-8000-00000000000a';
const B = 'd0000000-0000-4000-8000-00000000000b';
const C = 'd0000000-0000-4000-8000-00000000000c';
const UNKNOWN = 'd0000000-0000-4000-8000-0000000000ff';
const KNOWN: KnownDivisions = {
  ids: new Set([A, B]),
  idOfName: new Map([
    ['US Sales', A],
    ['EMEA Restricted', B],
  ]),
};

function facts(more: Partial<MoveFacts> = {}): MoveFacts {
  return {
    action: 'Update',
    entityType: 'User',
    entityId: USER,
    entityName: null,
    propertyChanges: [],
    entityChanges: null,
    context: {},
    status: 'SUCCESS',
    ...more,
  };
}

function changed(property: string, from: string | null, to: string | null) {
  return {
    property,
    oldValues: from === null ? [] : [from],
    newValues: to === null ? [] : [to],
  };
}

const told = (change: MoveFacts) =>
  recogniseMoves(change, KNOWN).map((move) => [
    move.targetType,
    move.targetId,
    move.from?.id ?? null,
    move.to?.id ?? null,
  ]);
const json = JSON.stringify;

describe('what is a move', () => {
  test.each<[string, Partial<MoveFacts>]>([
    [
      'D1: the canonical one, behind a version',
      { propertyChanges: [changed('version', '41', '42'), changed('divisionId', A, B)] },
    ],
    ['D2: division', { propertyChanges: [changed('division', A, B)] }],
    ['D2: division.id', { propertyChanges: [changed('division.id', A, B)] }],
    ['a name that ends so', { propertyChanges: [changed('owner.Division_ID', A, B)] }],
    [
      'ids in capital letters',
      { propertyChanges: [changed('divisionId', A.toUpperCase(), B.toUpperCase())] },
    ],
    [
      'JSON of an object',
      {
        propertyChanges: [changed('division', json({ id: A, name: 'US Sales' }), json({ id: B, name: 'x' }))],
      },
    ],
    [
      'JSON in JSON',
      {
        propertyChanges: [
          changed(
            'division',
            json(json({ id: A }))
              .slice(1, -1)
              .replaceAll('\\', ''),
            json([json({ id: B })]),
          ),
        ],
      },
    ],
    [
      'JSON wrapped once more',
      { propertyChanges: [changed('division', json({ division: { id: A } }), json({ divisionId: B }))] },
    ],
    [
      'the whole object before and after',
      {
        propertyChanges: [
          changed(
            'entity',
            json({ id: USER, division: { id: A }, x: 1 }),
            json({ id: USER, x: 2, division: { id: B } }),
          ),
        ],
      },
    ],
    ['two known divisions under any name', { propertyChanges: [changed('homeUnit', A, B)] }],
    ['names of known divisions', { propertyChanges: [changed('division', 'US Sales', 'EMEA Restricted')] }],
    [
      'D3: the action ChangeDivision with a division property',
      { action: 'ChangeDivision', propertyChanges: [changed('divisionId', A, B)] },
    ],
    [
      'D3: the action ChangeDivision with bare values',
      { action: 'ChangeDivision', propertyChanges: [changed('value', A, B)] },
    ],
    [
      'D3: the action ChangeDivision told by its context',
      { action: 'ChangeDivision', context: { oldDivisionId: A, newDivisionId: B } },
    ],
    [
      'D3: entity type Division, the person in a property',
      {
        action: 'ChangeDivision',
        entityType: 'Division',
        entityId: B,
        propertyChanges: [changed('divisionId', A, B), changed('userId', null, USER)],
      },
    ],
    [
      'D3: entity type Division, the person in the context',
      {
        action: 'ChangeDivision',
        entityType: 'Division',
        entityId: B,
        context: { targetUserId: USER },
        propertyChanges: [changed('division', A, B)],
      },
    ],
    [
      'entity changes of the record’s own object',
      { entityChanges: [{ entityId: USER, entityType: 'User', oldValues: [A], newValues: [B] }] },
    ],
    [
      'the same told in two places is one',
      {
        propertyChanges: [
          changed('division', json({ id: A, name: 'US Sales' }), json({ id: B })),
          changed('divisionId', A, B),
        ],
      },
    ],
    [
      'a place that tells one side beside one that tells both',
      { propertyChanges: [changed('divisionId', null, B), changed('division', A, B)] },
    ],
    ['a warning is a success', { status: 'WARNING', propertyChanges: [changed('divisionId', A, B)] }],
    ['a push tells no status', { status: null, propertyChanges: [changed('divisionId', A, B)] }],
  ])('%s', (_name, more) => {
    expect(told(facts(more))).toEqual([['User', USER, A, B]]);
  });

  test.each<[string, Partial<MoveFacts>]>([
    ['D4: an update of something else', { propertyChanges: [changed('state', 'active', 'inactive')] }],
    ['old is new', { propertyChanges: [changed('divisionId', A, A)] }],
    ['old is new but for capital letters', { propertyChanges: [changed('divisionId', A, A.toUpperCase())] }],
    ['it was refused', { status: 'FAILURE', propertyChanges: [changed('divisionId', A, B)] }],
    ['a creation', { action: 'Create', propertyChanges: [changed('divisionId', null, B)] }],
    ['a bulk deletion', { action: 'BulkDelete', propertyChanges: [changed('divisionId', A, null)] }],
    ['a reading', { action: 'View', propertyChanges: [changed('divisionId', A, B)] }],
    [
      'a role granted in a division',
      { action: 'MemberAdd', entityType: 'Role', propertyChanges: [changed('division', null, B)] },
    ],
    [
      'several divisions on one side',
      { propertyChanges: [{ property: 'divisionId', oldValues: [A], newValues: [B, C] }] },
    ],
    ['a department that is called so', { propertyChanges: [changed('division', 'Wealth', 'Retail')] }],
    ['ids that are no divisions', { propertyChanges: [changed('managerId', USER, QUEUE)] }],
    ['a known division for an id that is none', { propertyChanges: [changed('managerId', USER, B)] }],
    [
      'nested JSON where only another member differs',
      {
        propertyChanges: [
          changed('entity', json({ division: { id: A }, x: 1 }), json({ division: { id: A }, x: 2 })),
        ],
      },
    ],
    ['JSON that breaks off', { propertyChanges: [changed('entity', '{"division":{"id":', '{"division"')] }],
    ['no property at all', {}],
    ['ChangeDivision that tells nothing', { action: 'ChangeDivision' }],
  ])('no move: %s', (_name, more) => {
    expect(told(facts(more))).toEqual([]);
  });

  test('several objects in one record are several moves, each with its own type and name', () => {
    const change = facts({
      propertyChanges: [changed('divisionId', A, B)],
      entityChanges: [
        {
          entityId: QUEUE,
          entityName: 'Billing',
          entityType: 'Queue',
          oldValues: [json({ id: A })],
          newValues: [json({ id: B })],
          property: 'division',
        },
        { entityId: UNKNOWN, entityType: 'Flow', oldValues: [B], newValues: [A] },
      ],
    });
    expect(told(change)).toEqual([
      ['User', USER, A, B],
      ['Queue', QUEUE, A, B],
      ['Flow', UNKNOWN, B, A],
    ]);
    expect(recogniseMoves(change, KNOWN)[1]?.targetName).toBe('Billing');
  });

  test('several people of one Division record are several moves', () => {
    const change = facts({
      action: 'ChangeDivision',
      entityType: 'Division',
      entityId: B,
      propertyChanges: [
        { property: 'userIds', oldValues: [], newValues: [USER, QUEUE] },
        changed('divisionId', A, B),
      ],
    });
    expect(told(change)).toEqual([
      ['User', USER, A, B],
      ['User', QUEUE, A, B],
    ]);
  });

  test('one side alone is a move from or to what the record does not tell', () => {
    expect(told(facts({ propertyChanges: [changed('divisionId', null, B)] }))).toEqual([
      ['User', USER, null, B],
    ]);
    expect(told(facts({ propertyChanges: [changed('divisionId', A, '')] }))).toEqual([
      ['User', USER, A, null],
    ]);
  });

  test('a name the record tells is kept, from whichever place has it', () => {
    const [move] = recogniseMoves(
      facts({
        propertyChanges: [
          changed('divisionId', A, C),
          changed('division', json({ id: A, name: 'Sales' }), json({ id: C, name: 'New' })),
        ],
      }),
      KNOWN,
    );
    expect([move?.from?.name, move?.to?.name]).toEqual(['Sales', 'New']);
  });
});

describe('in a record of any other content', () => {
  const noise = fc.record({
    property: fc.oneof(
      fc.string({ maxLength: 20 }),
      fc.constantFrom(
        'version',
        'name',
        'queueMember:1',
        'managerId',
        'divisional',
        'divisions',
        'subdivisions.list',
      ),
    ),
    oldValues: fc.array(fc.oneof(fc.string(), fc.uuid(), fc.json({ maxDepth: 2 })), { maxLength: 3 }),
    newValues: fc.array(fc.oneof(fc.string(), fc.uuid(), fc.json({ maxDepth: 2 })), { maxLength: 3 }),
  });
  const noises = fc
    .array(noise, { maxLength: 8 })
    .filter((list) => list.every((one) => !/division([._-]?id)?$/i.test(one.property)));
  const action = fc.constantFrom('Update', 'ChangeDivision', 'Move', 'Publish', 'Edit', 'Whatever');
  const ids = fc.tuple(fc.uuid(), fc.uuid()).filter(([a, b]) => a !== b);
  const name = fc.constantFrom(
    'divisionId',
    'division',
    'division.id',
    'x.divisionID',
    'homeDivision',
    'Division',
  );
  const form = fc.constantFrom<(id: string) => string>(
    (id) => id,
    (id) => json({ id }),
    (id) => json({ name: 'n', id }),
    (id) => json([{ id }]),
    (id) => json({ division: { id } }),
  );

  test('D1: a move planted anywhere is found, and only that one', () => {
    fc.assert(
      fc.property(
        noises,
        fc.nat(8),
        action.filter((one) => one !== 'ChangeDivision'),
        ids,
        name,
        form,
        (others, place, act, [from, to], property, write) => {
          const propertyChanges = [...others];
          propertyChanges.splice(place, 0, changed(property, write(from), write(to)));
          expect(told(facts({ action: act, propertyChanges }))).toEqual([['User', USER, from, to]]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('D4: without a division in it there is none', () => {
    fc.assert(
      fc.property(
        noises,
        action.filter((one) => one !== 'ChangeDivision'),
        (propertyChanges, act) => {
          expect(told(facts({ action: act, propertyChanges }))).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('recognition never throws, whatever stands in the record', () => {
    fc.assert(
      fc.property(
        noises,
        fc.array(fc.anything(), { maxLength: 4 }),
        fc.dictionary(fc.string(), fc.string()),
        action,
        (propertyChanges, entityChanges, context, act) => {
          recogniseMoves(facts({ action: act, propertyChanges, entityChanges, context }), KNOWN);
        },
      ),
      { numRuns: 300 },
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { NameAt } from '@/lib/directory/model/name-at';
import { addMs, HOUR_MS, MINUTE_MS, toIso } from '@/lib/kernel/instant';
import { restRecord } from '../../fixtures/records';
import type { NormalisedChange } from './change';
import { enrich } from './enrich';
import { normalise } from './normalise';

const AT = new Date('2026-03-02T10:00:00Z');
const PERSON = 'a1000000-0000-4000-8000-0000000000aa';

function change(parts: Parameters<typeof restRecord>[1]): NormalisedChange {
  const made = normalise(
    restRecord(1, { eventDate: toIso(AT), user: { id: PERSON, name: 'Kim Later' }, ...parts }),
  );
  if (made.kind !== 'change') throw new Error('unreadable');
  return made.change;
}

function nameOf(one: NormalisedChange, id: string, known: { found?: Partial<NameAt>; toldAt?: Date } = {}) {
  const found = {
    id,
    name: null,
    from: 'unresolved',
    knownFrom: null,
    kind: null,
    divisionId: null,
    snapshotId: null,
    changeId: null,
  } as const;
  const { names } = enrich(one, {
    actorKind: 'person',
    excludedReason: null,
    nameOf: () => ({ ...found, ...known.found }),
    risk: { isPrivilegedRole: () => false, isRestrictedDivision: () => false, newAddress: false, rules: [] },
    ...(known.toldAt === undefined ? {} : { toldAt: known.toldAt }),
  });
  return names[id];
}

describe('the actor’s name, which the platform adds when a record is read', () => {
  const one = change({});
  test('read soon after the event it is the name of the moment', () => {
    expect(nameOf(one, PERSON, { toldAt: addMs(AT, 10 * MINUTE_MS) })).toEqual({
      name: 'Kim Later',
      from: 'record',
      knownFrom: null,
    });
  });

  test('X5: read long after it says when it was told', () => {
    const toldAt = addMs(AT, 24 * HOUR_MS);
    expect(nameOf(one, PERSON, { toldAt })).toEqual({
      name: 'Kim Later',
      from: 'platform_lookup',
      knownFrom: toIso(toldAt),
    });
  });

  test.each(['snapshot', 'earlier_snapshot', 'create_event', 'record'] as const)(
    'X5: what was known by then (%s) stands before what was told later',
    (from) => {
      const found = { name: 'Kim Earlier', from, knownFrom: '2026-03-01T02:00:00Z' };
      expect(nameOf(one, PERSON, { found, toldAt: addMs(AT, 24 * HOUR_MS) })?.name).toBe('Kim Earlier');
    },
  );
});

describe('the target’s name', () => {
  test('the record’s own word for a target beats the actor’s name, where somebody acts on themselves', () => {
    const one = change({ entity: { id: PERSON, name: 'Kim Then' } });
    expect(nameOf(one, PERSON, { toldAt: addMs(AT, 24 * HOUR_MS) })?.name).toBe('Kim Then');
  });

  test('R25: a renaming without the target’s name tells what it was called until then', () => {
    const one = change({
      action: 'Update',
      entity: { id: 'q1' },
      propertyChanges: [{ property: 'name', oldValues: ['Old Hall'], newValues: ['New Hall'] }],
    });
    const found = { name: 'New Hall', from: 'record', knownFrom: toIso(AT) } as const;
    expect(nameOf(one, 'q1', { found })).toEqual({ name: 'Old Hall', from: 'record', knownFrom: null });
  });
});

import type { PropertyChange } from '@/lib/changes/model/record/change';
import { idsIn } from '@/lib/changes/model/risk/members';
import { isUuid } from '@/lib/kernel/ids';
import { CHANGE_DIVISION, type KnownDivisions, type MoveFacts } from './move-facts';
import { divisionOfValue, divisionsInside, isDivisionName, type ToldDivision } from './read-divisions';

/** A place in a record where a division is told before and after. */
export type Difference = {
  /** The object it is about where the place tells that; null: the record's own. */
  readonly objectId: string | null;
  readonly objectType: string | null;
  readonly objectName: string | null;
  readonly from: ToldDivision | null;
  readonly to: ToldDivision | null;
};

type Subject = Pick<Difference, 'objectId' | 'objectType' | 'objectName'>;
const OWN: Subject = { objectId: null, objectType: null, objectName: null };

/** Every place of the record that tells a division before and after, in its order. */
export function differencesIn(change: MoveFacts, known: KnownDivisions): Difference[] {
  const named = change.action === CHANGE_DIVISION;
  const found: Difference[] = [];
  const moved = named && change.entityType === 'Division' ? movedObjects(change) : [];
  const subjects = moved.length > 0 ? moved : [OWN];
  for (const property of change.propertyChanges)
    for (const one of ofProperty(property, { known, named }))
      found.push(...(one.objectId === null ? subjects.map((subject) => ({ ...one, ...subject })) : [one]));
  for (const entity of change.entityChanges ?? []) found.push(...ofEntityChange(entity, { known, named }));
  if (named)
    found.push(...ofContext(change, known).flatMap((one) => subjects.map((s) => ({ ...one, ...s }))));
  return found;
}

/** What reading a place knows: the divisions, and whether the record says by its action that divisions change. */
type Reading = { readonly known: KnownDivisions; readonly named: boolean };

function ofProperty({ property, oldValues, newValues }: PropertyChange, reading: Reading): Difference[] {
  const { known, named } = reading;
  if (isDivisionName(property)) {
    const both = sides(oldValues, newValues, (value) => divisionOfValue(value, known));
    // `queueId:<id>:division`: the property says which object.
    const [objectId] = idsIn(property);
    if (both !== null) return [{ ...OWN, objectId: objectId ?? null, ...both }];
  }
  const nested = nestedIn(oldValues, newValues);
  if (nested.length > 0) return nested;
  const ids = sides(oldValues, newValues, (value) => bareDivision(value, reading));
  // An id on one side alone is a division only where the property says so.
  return ids?.from && ids.to && (named || known.ids.has(ids.to.id)) ? [{ ...OWN, ...ids }] : [];
}

function bareDivision(value: string, { known, named }: Reading): ToldDivision | null {
  const id = value.trim();
  if (known.ids.has(id)) return { id, name: null };
  const lower = id.toLowerCase();
  return isUuid(id) && (named || known.ids.has(lower)) ? { id: lower, name: null } : null;
}

/** One division at most on each side; null when a side names several, or neither names one. */
function sides(
  oldValues: readonly string[],
  newValues: readonly string[],
  read: (value: string) => ToldDivision | null,
): Pick<Difference, 'from' | 'to'> | null {
  const from = single(oldValues, read);
  const to = single(newValues, read);
  return from === undefined || to === undefined || (from === null && to === null) ? null : { from, to };
}

/** The one division of the values; null when there is no value, undefined when they are no single division. */
function single(
  values: readonly string[],
  read: (value: string) => ToldDivision | null,
): ToldDivision | null | undefined {
  const told = values.filter((value) => !['', 'null', '[]', '{}'].includes(value.trim()));
  const [value] = told;
  if (value === undefined) return null;
  return told.length === 1 ? (read(value) ?? undefined) : undefined;
}

/** Divisions inside values that hold whole objects: those whose place is the same before and after. */
function nestedIn(oldValues: readonly string[], newValues: readonly string[]): Difference[] {
  const before = oldValues.flatMap(divisionsInside);
  const after = newValues.flatMap(divisionsInside);
  return after.flatMap((now) => {
    const was = before.find((one) => one.path === now.path && one.ownerId === now.ownerId);
    return was === undefined ? [] : [{ ...OWN, objectId: now.ownerId, from: was.division, to: now.division }];
  });
}

/** `{ entityId, entityName, entityType, oldValues, newValues }`, sometimes with a property of its own. */
function ofEntityChange(entity: unknown, reading: Reading): Difference[] {
  if (typeof entity !== 'object' || entity === null) return [];
  const text = (name: string): string | null => {
    const value: unknown = Reflect.get(entity, name);
    return typeof value === 'string' && value !== '' ? value : null;
  };
  const values = (name: string): string[] => {
    const value: unknown = Reflect.get(entity, name);
    return (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map((one) =>
      typeof one === 'string' ? one : JSON.stringify(one),
    );
  };
  const property = text('property') ?? '';
  const subject = {
    objectId: text('entityId'),
    objectType: text('entityType'),
    objectName: text('entityName'),
  };
  return ofProperty(
    { property, oldValues: values('oldValues'), newValues: values('newValues') },
    reading,
  ).map((one) => ({ ...subject, from: one.from, to: one.to, objectId: subject.objectId ?? one.objectId }));
}

const OLD_KEY = /^(old|from|source|previous|prior)/i;
const NEW_KEY = /^(new|to|target|destination|current)/i;

/** `oldDivisionId` and `newDivisionId` beside the record, as some put what changed. */
function ofContext(change: MoveFacts, known: KnownDivisions): Difference[] {
  const keys = Object.entries(change.context).filter(([key]) => isDivisionName(key));
  const pick = (kind: RegExp) => {
    const value = keys.find(([key]) => kind.test(key))?.[1];
    return value === undefined ? null : divisionOfValue(value, known);
  };
  const from = pick(OLD_KEY);
  const to = pick(NEW_KEY);
  return from !== null && to !== null ? [{ ...OWN, from, to }] : [];
}

const OBJECT_NAME = /(user|object|queue|flow|member|resource|subject|target)s?([._-]?ids?)?$/i;

/** What a `Division` record moved: the ids in properties or context that name users or objects. */
function movedObjects(change: MoveFacts): Subject[] {
  const ids = new Map<string, Subject>();
  const add = (name: string, values: readonly string[]): void => {
    if (!OBJECT_NAME.test(name) || isDivisionName(name)) return;
    const type = /user|member/i.test(name)
      ? 'User'
      : /queue/i.test(name)
        ? 'Queue'
        : /flow/i.test(name)
          ? 'Flow'
          : null;
    for (const id of values.flatMap(idsIn)) ids.set(id, { objectId: id, objectType: type, objectName: null });
  };
  for (const { property, oldValues, newValues } of change.propertyChanges)
    add(property, newValues.length > 0 ? newValues : oldValues);
  // The record's own word on who acted is no object of the move.
  for (const [key, value] of Object.entries(change.context)) if (key !== 'userid') add(key, [value]);
  return [...ids.values()];
}

import { isUuid } from '@/lib/kernel/ids';

/** A division as a record's value tells it: its id, and its name where the value holds one. */
export type ToldDivision = { readonly id: string; readonly name: string | null };

/** A division found inside a value, and the object it stands in, where the value tells that object's id. */
export type FoundDivision = {
  /** Where in the value: the names of the members down to it. Old and new are held together by it. */
  readonly path: string;
  readonly ownerId: string | null;
  readonly division: ToldDivision;
};

/** Divisions are named by property: `division`, `divisionId`, `division.id`, or anything that ends so. Source: genesys-cloud.md 3.7. */
const DIVISION_NAME = /division([._-]?id)?$/i;
const MAX_DEPTH = 8;
/** More than this in one value is no division of one object. */
const MAX_TEXT = 200_000;

/** Whether a property or member of this name tells a division. */
export function isDivisionName(name: string): boolean {
  return DIVISION_NAME.test(name);
}

/**
 * The division that the value of a division property names: a bare id, JSON text of an object or list with one id, or the
 * name of a division that is known. Null when it names none, or several.
 */
export function divisionOfValue(
  value: string,
  known: { readonly idOfName: ReadonlyMap<string, string>; readonly ids: ReadonlySet<string> },
): ToldDivision | null {
  const text = value.trim();
  if (text === '') return null;
  if (isUuid(text)) return { id: text.toLowerCase(), name: null };
  if (known.ids.has(text)) return { id: text, name: null };
  const parsed = parseJson(text);
  if (parsed !== undefined) return objectsDivision(parsed);
  const id = known.idOfName.get(text);
  return id === undefined ? null : { id, name: text };
}

/** Every division inside JSON text whatever the property is called: members named like divisions, at any depth, each with its path. */
export function divisionsInside(value: string): FoundDivision[] {
  if (!/division/i.test(value) || value.length > MAX_TEXT) return [];
  const found: FoundDivision[] = [];
  walk(parseJson(value.trim()), { path: '', ownerId: null, depth: 0 }, found);
  return found;
}

function walk(
  value: unknown,
  place: { readonly path: string; readonly ownerId: string | null; readonly depth: number },
  found: FoundDivision[],
): void {
  if (place.depth > MAX_DEPTH || typeof value !== 'object' || value === null) return;
  const depth = place.depth + 1;
  if (Array.isArray(value)) {
    for (const [index, member] of value.entries()) {
      // A member of a list is told by its id, since lists are not kept in order.
      const id = idMember(member);
      walk(member, { ...place, path: `${place.path}/${id ?? index}`, depth }, found);
    }
    return;
  }
  const ownerId = idMember(value) ?? place.ownerId;
  for (const [name, member] of Object.entries(value)) {
    const path = `${place.path}/${name.toLowerCase()}`;
    if (!isDivisionName(name)) walk(member, { path, ownerId, depth }, found);
    else {
      const division = objectsDivision(member);
      // `division: { id }` and `divisionId` are one place.
      if (division !== null) found.push({ path: path.replace(/[._-]?id$/, ''), ownerId, division });
    }
  }
}

/** `{ id, name }`, the same in a list of one, or wrapped once in a member named like a division. */
function objectsDivision(value: unknown, depth = 0): ToldDivision | null {
  if (depth > 4) return null;
  if (typeof value === 'string') return bareId(value) ?? objectsDivision(parseJson(value.trim()), depth + 1);
  if (Array.isArray(value)) return value.length === 1 ? objectsDivision(value[0], depth + 1) : null;
  if (typeof value !== 'object' || value === null) return null;
  const inner = Object.entries(value).find(([name]) => isDivisionName(name));
  if (inner !== undefined) return objectsDivision(inner[1], depth + 1);
  const id = idMember(value);
  const name = 'name' in value && typeof value.name === 'string' && value.name !== '' ? value.name : null;
  return id === null ? null : { id, name };
}

function idMember(value: unknown): string | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' && isUuid(value.id) ? value.id.toLowerCase() : null;
}

function bareId(text: string): ToldDivision | null {
  return isUuid(text.trim()) ? { id: text.trim().toLowerCase(), name: null } : null;
}

function parseJson(text: string): unknown {
  if (!/^[[{"]/.test(text) || text.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // A value that only looks like JSON is text.
    return undefined;
  }
}

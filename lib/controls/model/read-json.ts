/** Reading what is not ours: the platform may leave out, rename or retype anything, and none of that may read as a pass. */

/** What lies under a path of members; undefined where there is nothing. */
export function memberOf(value: unknown, ...path: readonly string[]): unknown {
  let at: unknown = value;
  for (const name of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, name)) return undefined;
    at = (at as Readonly<Record<string, unknown>>)[name];
  }
  return at;
}

export function textIn(value: unknown, ...path: readonly string[]): string | null {
  const found = memberOf(value, ...path);
  return typeof found === 'string' ? found : null;
}

export function numberIn(value: unknown, ...path: readonly string[]): number | null {
  const found = memberOf(value, ...path);
  return typeof found === 'number' && Number.isFinite(found) ? found : null;
}

export function flagIn(value: unknown, ...path: readonly string[]): boolean | null {
  const found = memberOf(value, ...path);
  return typeof found === 'boolean' ? found : null;
}

/** The texts of a list; null where there is no list. */
export function textsIn(value: unknown, ...path: readonly string[]): readonly string[] | null {
  const found = memberOf(value, ...path);
  return Array.isArray(found) ? found.filter((one) => typeof one === 'string') : null;
}

/** The answer as a list. Throws a TypeError where it is none: that is a check that could not look, not one with nothing to see. */
export function listOf(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError('the answer is no list');
  return value;
}

/** Id and name of a thing that the platform lists; a thing without an id is told by its place. */
export function subjectOf(
  type: string,
  item: unknown,
  place: number,
): { readonly type: string; readonly id: string; readonly name: string | null } {
  return { type, id: textIn(item, 'id') ?? `#${place + 1}`, name: textIn(item, 'name') };
}

/**
 * How the address of a list changes. `open` is the name under which it carries the row that lies open beside it; a cursor
 * belongs to one question, so paging starts again with every other one.
 */
export function setValues(
  params: URLSearchParams,
  open: string,
  sets: Readonly<Record<string, readonly string[]>>,
): URLSearchParams {
  const next = new URLSearchParams(params);
  for (const name of ['cursor', open, ...Object.keys(sets)]) next.delete(name);
  for (const [name, values] of Object.entries(sets)) for (const value of values) next.append(name, value);
  return next;
}

/** Adds the value to its filter, or takes it out when it is there. */
export function toggleValue(
  params: URLSearchParams,
  open: string,
  name: string,
  value: string,
): URLSearchParams {
  const given = params.getAll(name);
  const values = given.includes(value) ? given.filter((one) => one !== value) : [...given, value];
  return setValues(params, open, { [name]: values });
}

/** The same list with another row open beside it, or none. */
export function withOpen(params: URLSearchParams, open: string, id: string | null): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(open);
  if (id !== null) next.set(open, id);
  return next;
}

/** The page of the list after `cursor`; null for the first. */
export function withCursor(params: URLSearchParams, open: string, cursor: string | null): URLSearchParams {
  const next = withOpen(params, open, null);
  next.delete('cursor');
  if (cursor !== null) next.set('cursor', cursor);
  return next;
}

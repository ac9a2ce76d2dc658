/**
 * The cache key of an API answer: its path with its query, written one way. `apart` keeps what the frame asks from what
 * the page asks: the frame comes alive first, and an answer on its way must not stand before the page's own.
 */
export function apiKey(path: string, apart?: string): readonly string[] {
  return apart === undefined ? ['api', path] : ['api', path, apart];
}

type QueryValue = string | number | boolean | readonly string[] | null | undefined;

/** A path with its query, names in alphabetical order so that one question has one spelling. Empty values are left out. */
export function apiPath(path: string, query: Readonly<Record<string, QueryValue>> = {}): string {
  const params = new URLSearchParams();
  for (const name of Object.keys(query).sort()) {
    const value = query[name];
    if (value === null || value === undefined || value === '') continue;
    if (typeof value === 'object') {
      for (const one of value) params.append(name, one);
    } else {
      params.append(name, String(value));
    }
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

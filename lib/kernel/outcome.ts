/** "We could not look" is an answer of its own and can never be read as a pass (design, law 5). */
export type Evaluated<T> =
  | { readonly kind: 'known'; readonly value: T }
  | { readonly kind: 'not_evaluated'; readonly because: string };

export function known<T>(value: T): Evaluated<T> {
  return { kind: 'known', value };
}

export function notEvaluated<T>(because: string): Evaluated<T> {
  return { kind: 'not_evaluated', because };
}

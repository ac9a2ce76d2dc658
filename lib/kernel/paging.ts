/** One page of a keyset list, as every list endpoint answers. */
export type Page<Item> = { readonly items: readonly Item[]; readonly nextCursor: string | null };

export const DEFAULT_PAGE_SIZE = 50;
export const MAX_PAGE_SIZE = 500;

import type { Sql } from '@/lib/db/sql';
import type { Evaluated } from '@/lib/kernel/outcome';
import type { Vault } from '@/lib/vault/vault';

/** What the product's own counts are made of. */
export type FigureContext = {
  readonly sql: Sql;
  readonly vault: Pick<Vault, 'get'>;
  readonly orgId: string;
  readonly now: Date;
};

/** Counts one thing; not evaluated, with why, where what it needs was not read. */
export type Figure<T> = (context: FigureContext) => Promise<Evaluated<T>>;

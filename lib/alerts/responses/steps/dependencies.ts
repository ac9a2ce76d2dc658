import type { Database } from '@/lib/db/connection';
import type { GenesysClient } from '@/lib/genesys/connect';
import type { Response } from '../../model/response/response';

/** What carrying out needs of the world. */
export type CarryOutDependencies = {
  readonly db: Database;
  /** The way to an organisation; null while it cannot be reached. */
  readonly genesysOf: (orgId: string) => Promise<GenesysClient | null>;
  readonly now: () => Date;
  /** Every OAuth client this product uses, the reading ones too: none of them is ever disabled. Asked after `genesysOf`. */
  readonly ownClientIds: () => ReadonlySet<string>;
  readonly signal?: AbortSignal;
};

/** `busy`: another process is at it. `again`: it could not be finished now and is taken up by the next sweep. */
export type CarriedOut = { readonly state: Response['state'] | 'busy' | 'unknown'; readonly again: boolean };

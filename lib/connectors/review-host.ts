import type { Evaluated } from '@/lib/kernel/outcome';
import type { MergeRequest } from './model/merge-request';

/** A host of repositories that knows how commits came in. */
export interface ReviewHost {
  readonly name: MergeRequest['host'];
  /** The project that this host calls the repository at the address; null where the address is another host's. */
  projectOf(address: string): string | null;
  /**
   * The request that brought each commit in; null where the host knows of none, as of a commit that was pushed directly.
   * Holds an entry for every hash. Never throws for what the host did.
   */
  findRequests(
    project: string,
    hashes: readonly string[],
  ): Promise<Map<string, Evaluated<MergeRequest | null>>>;
  /** Where a person sees the commit. */
  commitUrl(project: string, hash: string): string;
  /** Rejects with a connector error where the host or the account does not answer. */
  check(): Promise<void>;
}

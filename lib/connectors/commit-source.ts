import type { Evaluated } from '@/lib/kernel/outcome';
import type { CommitAnswer } from './model/commit';

/** The repositories in which commits are looked for. */
export interface CommitSource {
  /**
   * What each prefix (7 to 40 hex digits, lower case) comes to over all repositories; *not evaluated* where a repository
   * that might hold it could not be read and no other does. Holds an entry for every prefix. Never throws for what git did.
   */
  findCommits(prefixes: readonly string[]): Promise<Map<string, Evaluated<CommitAnswer>>>;
  /** Brings local copies up to date; rejects with a connector error that names the repository. */
  check(): Promise<void>;
}

import type { Evaluated } from '@/lib/kernel/outcome';
import type { CommitAnswer } from './model/commit';
import type { CommitPatch } from './model/commit-patch';
import type { DeclaringStep } from './model/declared-objects';

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

/** What a repository declared, commit by commit of its main branch, from a commit on that was read before. */
export type DeclaringHistory = {
  readonly repository: string;
  readonly head: string;
  /** True where everything is read anew: at first, and where the commit read last is no longer part of the history. */
  readonly whole: boolean;
  /** Oldest first. */
  readonly steps: readonly DeclaringStep[];
};

/** The repositories themselves: what they declare, and the text of their commits. */
export interface RepositorySource extends CommitSource {
  /** Names of the configured repositories. */
  readonly repositories: readonly string[];
  /** What a repository declared since the commit; *not evaluated* where it could not be read. Never throws for what git did. */
  readDeclarations(repository: string, since: string | null): Promise<Evaluated<DeclaringHistory>>;
  /** The text of a commit's diff against its first parent, cut to what can be kept, which is said. */
  readPatch(repository: string, hash: string): Promise<Evaluated<CommitPatch>>;
}

import type { MergeRequest, ReviewVerdict } from './merge-request';
import type { DiffObject } from './objects-in-diff';

/** What the change of a commit touches, or why nobody can tell. */
export type CommitDiff =
  | {
      readonly kind: 'known';
      readonly files: readonly string[];
      readonly objects: readonly DiffObject[];
      /** Ids on changed lines that belong to no object of a known type. */
      readonly looseIds: readonly string[];
    }
  | { readonly kind: 'unknown'; readonly because: string };

/** How a commit came in, by the word of its host. */
export type CommitMerge =
  | {
      readonly kind: 'request';
      readonly request: MergeRequest;
      readonly verdict: ReviewVerdict;
      /** Heard before and not now. */
      readonly remembered?: boolean;
    }
  /** The host knows no request that holds it: it was pushed directly. */
  | { readonly kind: 'none'; readonly host: MergeRequest['host']; readonly remembered?: boolean }
  /** No host answers for the repository, or it could not be asked (`failed`). */
  | { readonly kind: 'unknown'; readonly because: string; readonly failed: boolean };

/** A commit of a configured repository. */
export type Commit = {
  /** Full hash, 40 digits. */
  readonly hash: string;
  /** The repository's name without credentials. */
  readonly repository: string;
  readonly subject: string;
  readonly author: string;
  readonly committer: string;
  readonly authoredAt: Date;
  readonly committedAt: Date;
  /** When the host says it was merged; null where it cannot tell, as in a bare repository. */
  readonly mergedAt: Date | null;
  readonly review: 'reviewed' | 'unreviewed' | 'unknown';
  readonly merge: CommitMerge;
  readonly url: string | null;
  readonly diff: CommitDiff;
};

/** What a hash prefix comes to. */
export type CommitAnswer =
  | { readonly kind: 'found'; readonly commit: Commit }
  | { readonly kind: 'ambiguous'; readonly because: string }
  | { readonly kind: 'not_found' };

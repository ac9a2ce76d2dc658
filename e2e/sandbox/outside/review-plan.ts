import { createHash } from 'node:crypto';
import { HOUR, MINUTE } from '../world/clock.ts';
import type { RepositoryCommit } from './repository.ts';

/** How each merge of the repository came about; written here first and served by both hosts. */
export type ReviewFate =
  | 'reviewed'
  | 'unreviewed'
  | 'self_approved'
  | 'approved_after_merge'
  | 'dismissed'
  | 'earlier_head'
  | 'changes_requested'
  | 'pushed_directly';

const FATES: Readonly<Record<string, ReviewFate>> = {
  'apply/5': 'unreviewed',
  'apply/9': 'self_approved',
  'apply/13': 'approved_after_merge',
  'apply/17': 'dismissed',
  'apply/21': 'earlier_head',
  'apply/25': 'changes_requested',
  'apply/29': 'pushed_directly',
};

export type Vote = {
  readonly by: string;
  readonly vote: 'approved' | 'changes_requested' | 'dismissed';
  readonly at: number;
  readonly ofHash: string;
};

export type PlannedRequest = {
  readonly number: number;
  readonly commit: RepositoryCommit;
  readonly fate: ReviewFate;
  readonly openedBy: string;
  readonly mergedBy: string;
  readonly votes: readonly Vote[];
  /** When commits were added after the first vote; null where none were. */
  readonly pushedAt: number | null;
};

export const PROJECT = 'northwind/cx-as-code';
/** Opens requests for others: then their author may vote as GitHub lets nobody vote on an own one. */
const BOT = 'Northwind Bot';

export function fateOf(commit: { readonly key: string }): ReviewFate {
  return FATES[commit.key] ?? 'reviewed';
}

/** Whether somebody else approved it before the merge, as design 5 counts. */
export function isReviewed(fate: ReviewFate): boolean {
  return fate === 'reviewed' || fate === 'earlier_head';
}

/** The request of every merge but those pushed directly, numbered in their order. */
export function plannedRequests(commits: readonly RepositoryCommit[]): PlannedRequest[] {
  return commits.flatMap((commit, index): PlannedRequest[] => {
    const fate = fateOf(commit);
    if (fate === 'pushed_directly') return [];
    const { author, reviewer, mergedAt, hash } = commit;
    const approved = (by: string, at: number, ofHash = hash): Vote => ({ by, vote: 'approved', at, ofHash });
    const before = mergedAt - 9 * MINUTE;
    const votes: Record<Exclude<ReviewFate, 'pushed_directly'>, readonly Vote[]> = {
      reviewed: [approved(reviewer, before)],
      unreviewed: [],
      self_approved: [approved(author, before)],
      approved_after_merge: [approved(reviewer, mergedAt + 3 * HOUR)],
      dismissed: [{ by: reviewer, vote: 'dismissed', at: before, ofHash: hash }],
      earlier_head: [approved(reviewer, before, earlierHead(hash))],
      changes_requested: [
        approved(reviewer, before - 4 * MINUTE),
        { by: reviewer, vote: 'changes_requested', at: before, ofHash: hash },
      ],
    };
    return [
      {
        number: index + 1,
        commit,
        fate,
        openedBy: fate === 'self_approved' ? BOT : author,
        mergedBy: fate === 'unreviewed' || fate === 'self_approved' ? author : reviewer,
        votes: votes[fate],
        pushedAt: fate === 'earlier_head' ? before + 3 * MINUTE : null,
      },
    ];
  });
}

/** An account's name on the hosts. */
export function loginOf(name: string): string {
  return name.toLowerCase().replace(/[^a-z]+/g, '-');
}

function earlierHead(hash: string): string {
  return createHash('sha1').update(`before ${hash}`).digest('hex');
}

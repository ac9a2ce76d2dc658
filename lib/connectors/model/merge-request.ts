/** What one person said about a pull or merge request, as its host tells it. */
export type ReviewVote = {
  readonly reviewer: string;
  readonly vote: 'approved' | 'changes_requested' | 'dismissed';
  /** Null where the host keeps no time. */
  readonly at: Date | null;
  /** The head that was looked at; null where the host does not say. */
  readonly ofHash: string | null;
};

/** The pull request (GitHub) or merge request (GitLab) that brought a commit in. */
export type MergeRequest = {
  readonly host: 'GitHub' | 'GitLab';
  /** As people write it: `#12` or `!12`. */
  readonly reference: string;
  readonly title: string;
  readonly url: string | null;
  readonly author: string;
  /** Who wrote any of its commits, the author included. None of them can review it. */
  readonly contributors: readonly string[];
  readonly openedAt: Date;
  /** Null while it is not merged. */
  readonly mergedAt: Date | null;
  readonly mergedBy: string | null;
  readonly targetBranch: string;
  readonly headHash: string | null;
  readonly votes: readonly ReviewVote[];
};

/** A person whose approval stood when the request was merged. */
export type Approval = {
  readonly by: string;
  readonly at: Date | null;
  readonly ofMergedHead: boolean | null;
};

export type ReviewVerdict = {
  readonly review: 'reviewed' | 'unreviewed' | 'unknown';
  /** Standing approvals of others than its authors, at the merge. */
  readonly approvals: readonly Approval[];
  /** What was seen and does not count, or limits what counts; sentences. */
  readonly notes: readonly string[];
};

/**
 * Whether somebody other than its authors approved the request before it was merged. The last word of each reviewer at or
 * before the merge counts; what was dismissed, said by an author, or said after the merge does not. An approval of an earlier
 * head counts and is said so. While it is not merged the votes of now count.
 */
export function judgeReview(request: MergeRequest): ReviewVerdict {
  const authors = new Set([request.author, ...request.contributors].map(bare));
  const notes: string[] = [];
  const last = new Map<string, ReviewVote>();
  for (const vote of [...request.votes].sort((left, right) => timeOf(left) - timeOf(right))) {
    if (authors.has(bare(vote.reviewer))) {
      if (vote.vote === 'approved')
        notes.push(`${vote.reviewer} approved it and wrote it: that does not count`);
    } else if (request.mergedAt !== null && vote.at !== null && vote.at > request.mergedAt) {
      if (vote.vote === 'approved')
        notes.push(`${vote.reviewer} approved it after it was merged: that does not count`);
    } else last.set(bare(vote.reviewer), vote);
  }
  const approvals: Approval[] = [];
  for (const vote of last.values()) {
    if (vote.vote === 'approved') {
      const ofMergedHead =
        vote.ofHash === null || request.headHash === null ? null : vote.ofHash === request.headHash;
      if (ofMergedHead === false) notes.push(`${vote.reviewer} approved an earlier head than the one merged`);
      approvals.push({ by: vote.reviewer, at: vote.at, ofMergedHead });
    } else if (vote.vote === 'dismissed') notes.push(`the approval of ${vote.reviewer} was dismissed`);
    else notes.push(`${vote.reviewer} had asked for changes`);
  }
  const timed = approvals.some((approval) => approval.at !== null);
  if (approvals.length > 0 && !timed)
    notes.push('the host keeps no time of the approval, so that it came before the merge is not known');
  return {
    review: approvals.length === 0 ? 'unreviewed' : timed ? 'reviewed' : 'unknown',
    approvals,
    notes: [...new Set(notes)],
  };
}

/** Votes without a time come first, so that what is known to be later stands. */
function timeOf(vote: ReviewVote): number {
  return vote.at?.getTime() ?? Number.NEGATIVE_INFINITY;
}

function bare(name: string): string {
  return name.trim().toLowerCase();
}

/** Of several requests that hold one commit the one that brought it in: the first merged, else the newest. */
export function bringingRequest<Request extends { readonly mergedAt: Date | null; readonly openedAt: Date }>(
  requests: readonly Request[],
): Request | null {
  const merged = requests
    .filter((one) => one.mergedAt !== null)
    .sort((left, right) => (left.mergedAt?.getTime() ?? 0) - (right.mergedAt?.getTime() ?? 0));
  const newest = [...requests].sort((left, right) => right.openedAt.getTime() - left.openedAt.getTime());
  return merged[0] ?? newest[0] ?? null;
}

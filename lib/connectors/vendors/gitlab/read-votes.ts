import type { ReviewVote } from '../../model/merge-request';

const APPROVED = /^approved this merge request/i;
const TAKEN_BACK = /^unapproved this merge request/i;
const ASKED = /^requested changes/i;
const PUSHED = /^added \d+ commits?\b/i;

/**
 * The votes of a merge request: what system notes say, in their order, and who approves by the approvals' list without any note
 * of it. A push after an approval makes it one of an earlier head; which one GitLab does not say.
 */
export function votesOf(given: {
  readonly approvedBy: readonly { readonly username: string; readonly at: Date | null }[];
  /** System notes, oldest first. */
  readonly notes: readonly { readonly username: string; readonly body: string; readonly at: Date }[];
}): ReviewVote[] {
  const votes: ReviewVote[] = [];
  const pushes = given.notes.filter((note) => PUSHED.test(note.body)).map((note) => note.at);
  for (const { username, body, at } of given.notes) {
    const vote = APPROVED.test(body)
      ? 'approved'
      : TAKEN_BACK.test(body)
        ? 'dismissed'
        : ASKED.test(body)
          ? 'changes_requested'
          : null;
    if (vote !== null) votes.push({ reviewer: username, vote, at, ofHash: headAt(at, pushes) });
  }
  for (const { username, at } of given.approvedBy) {
    const noted = votes.some((vote) => vote.reviewer === username && vote.vote === 'approved');
    if (!noted)
      votes.push({
        reviewer: username,
        vote: 'approved',
        at,
        ofHash: at === null ? null : headAt(at, pushes),
      });
  }
  return votes;
}

/** A word that is no hash where commits were added later: then the head looked at was another. */
function headAt(at: Date, pushes: readonly Date[]): string | null {
  return pushes.some((push) => push > at) ? 'earlier' : null;
}

import type { Commit } from '@/lib/connectors/model/commit';
import type { Claim, JudgedChange } from '../claim';
import { judgeCommit } from '../judge-commit';

/** A commit that only a neighbour names is a weaker word than the change's own. */
const BY_NEIGHBOUR = 0.8;
const SHOWN_DIGITS = 12;

/** How a claim by a neighbour's stamp was found. */
export const FOUND_BY_DEPLOYMENT =
  'deployment burst: commit stamped on another change of the same deployment';

/**
 * The claim of a commit that another change of the same deployment names: only where its diff touches this change's own object. A commit that
 * touches other objects, or whose diff cannot tell, is no claim: nothing on this change names it.
 */
export function judgeDeployment(
  commit: Commit,
  change: JudgedChange,
  stamp: { readonly changeId: string; readonly at: Date },
): Claim | null {
  const judged = judgeCommit(commit, change, commit.hash);
  if (judged.namesTarget !== true) return null;
  const apart = Math.round(Math.abs(stamp.at.getTime() - change.at.getTime()) / 1000);
  return {
    ...judged,
    kind: 'commit',
    reference: commit.hash.slice(0, SHOWN_DIGITS),
    foundBy: FOUND_BY_DEPLOYMENT,
    confidence: Math.round(judged.confidence * BY_NEIGHBOUR * 100) / 100,
    reasons: [
      ...judged.reasons,
      `this change names no commit; change ${stamp.changeId} of the same client does, ${apart} s apart in one deployment`,
    ],
  };
}

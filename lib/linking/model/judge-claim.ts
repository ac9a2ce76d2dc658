import type { Citation } from './citation';
import type { Claim, Finding, JudgedChange, LinkReason } from './claim';
import { judgeCommit } from './judge-commit';
import { judgeTicket } from './judge-ticket';

const FOUND_BY: Readonly<Record<Citation['kind'], string>> = {
  jira: 'ticket key in the text of the change',
  servicenow: 'change number in the text of the change',
  commit: 'commit hash in the text of the change',
};
/** Hex words that name no commit may be something else altogether. */
const UNRESOLVED_HASH_CONFIDENCE = 0.8;

/**
 * The citation as a claim, judged as of the change's time; null where it is no citation after all (hex digits that would only count if
 * they resolved, and do not).
 */
export function judgeClaim(
  citation: Citation,
  finding: Finding,
  at: { change: JudgedChange; now: Date },
): Claim | null {
  const base = { kind: citation.kind, reference: citation.reference, foundBy: FOUND_BY[citation.kind] };
  switch (finding.kind) {
    case 'ticket':
      return { ...base, ...judgeTicket(finding.ticket, at.change, at.now) };
    case 'commit':
      return { ...base, ...judgeCommit(finding.commit, at.change, citation.reference) };
    case 'ambiguous':
      return citation.certain
        ? {
            ...base,
            ...bare('mismatch', 'commit_ambiguous', `it names no one commit: ${finding.because}`, 0.5),
          }
        : null;
    case 'not_found':
      if (!citation.certain) return null;
      return citation.kind === 'commit'
        ? {
            ...base,
            ...bare(
              'mismatch',
              'commit_not_found',
              'no configured repository has this commit',
              UNRESOLVED_HASH_CONFIDENCE,
            ),
          }
        : {
            ...base,
            ...bare(
              'mismatch',
              'ticket_not_found',
              'there is no such ticket, or our account may not see it',
              1,
            ),
          };
    case 'not_evaluated':
      // Whether doubtful digits are a citation could not be found out either; saying "unlinked, cites nothing" would be a guess.
      return { ...base, ...bare('unlinked', 'not_evaluated', `not evaluated: ${finding.because}`, 0) };
  }
}

function bare(
  status: 'mismatch' | 'unlinked',
  reason: LinkReason,
  because: string,
  confidence: number,
): Omit<Claim, 'kind' | 'reference' | 'foundBy'> {
  return {
    status,
    reason,
    reasons: [because],
    confidence,
    statusAtChange: null,
    approvedAt: null,
    approvers: [],
    window: null,
    namesTarget: null,
    emergency: false,
    review: null,
    url: null,
    title: null,
  };
}

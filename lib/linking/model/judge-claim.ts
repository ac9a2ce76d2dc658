import { toIso } from '@/lib/kernel/instant';
import type { Citation } from './citation';
import type { Claim, Finding, JudgedChange, LinkReason } from './claim';
import { judgeCommit } from './judge-commit';
import { judgeTicket } from './judge-ticket';
import { isInForce } from './ticket-in-force';

const FOUND_BY: Readonly<Record<Citation['kind'], string>> = {
  jira: 'ticket key in the text of the change',
  servicenow: 'change number in the text of the change',
  commit: 'commit hash in the text of the change',
};
const FOUND_BY_ITEM = 'configuration item of a change request that was in force';
/** What remains of full confidence where a ticket names the object and nothing in the change names the ticket. */
const BY_ITEM_ALONE = 0.6;
/** What a configuration item alone may come to. A request left in state Implement is no reason outside its own window. */
const SPEAKS: ReadonlySet<string> = new Set(['linked', 'late_approval']);
/** A ticket nobody can read any more cannot be looked at again. */
const GONE = 0.8;
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
  const byItem = citation.foundBy === 'configuration_item';
  const base = {
    kind: citation.kind,
    reference: citation.reference,
    foundBy: byItem ? FOUND_BY_ITEM : FOUND_BY[citation.kind],
  };
  if (byItem) {
    // Nothing in the change names the ticket: it speaks for the change or says nothing, and never accuses it.
    if (finding.kind === 'not_found' || finding.kind === 'ambiguous') return null;
    if ('ticket' in finding && !isInForce(finding.ticket, at.change.at, at.now)) return null;
  }
  switch (finding.kind) {
    case 'ticket':
    case 'gone': {
      const judged = judgeTicket(finding.ticket, at.change, at.now);
      if (byItem && (!SPEAKS.has(judged.status) || judged.namesTarget !== true)) return null;
      const gone = finding.kind === 'gone';
      return {
        ...base,
        ...judged,
        reasons: [
          ...judged.reasons,
          ...(byItem
            ? ['nothing in the change names it; its configuration item is the object that was changed']
            : []),
          ...(gone
            ? [
                `it is not there any more: deleted, or hidden from our account; judged by what was read of it at ${toIso(finding.readAt)}`,
              ]
            : []),
        ],
        confidence: part(judged.confidence, (byItem ? BY_ITEM_ALONE : 1) * (gone ? GONE : 1)),
      };
    }
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

function part(confidence: number, share: number): number {
  return Math.round(confidence * share * 100) / 100;
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

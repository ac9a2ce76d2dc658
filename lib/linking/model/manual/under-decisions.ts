import { addMs, floorToSecond, SECOND_MS, toIso } from '@/lib/kernel/instant';
import type { Citation } from '../citation';
import type { Claim, JudgedChange } from '../claim';
import { claimKey, type LinkDecision, type Standing, type Statement } from './link-decision';

/** What nobody's system confirms, and how sure a person's naming of a ticket is. */
const STATED_CONFIDENCE = 0.5;
const ATTACHED_CONFIDENCE = 0.9;

/** Attached tickets and commits as citations, to be looked up and judged like any other. Those that the text cites itself are left out. */
export function citationsOf(standing: Standing, cited: readonly Citation[]): Citation[] {
  const known = new Set(cited.map(claimKey));
  return standing.attached.flatMap((one): Citation[] => {
    if (one.kind !== 'jira' && one.kind !== 'servicenow' && one.kind !== 'commit') return [];
    if (known.has(claimKey(one))) return [];
    const project = one.kind === 'jira' ? one.reference.slice(0, one.reference.lastIndexOf('-')) : null;
    return [{ kind: one.kind, reference: one.reference, project, certain: true, foundBy: 'person' }];
  });
}

/**
 * The claims of a change under what people decided: what was struck does not count, what was attached says by whom, and what a
 * person states without a system behind it is judged by the times they gave. `claims` holds those of the attached citations, too;
 * one that was attached while they were looked up is taken from the `last` verdict.
 */
export function underDecisions(
  claims: readonly Claim[],
  of: {
    readonly standing: Standing;
    readonly change: JudgedChange;
    readonly cited: ReadonlySet<string>;
    readonly last: readonly Claim[];
  },
): Claim[] {
  const { standing, change, cited } = of;
  const struck = new Set(standing.struck.map(claimKey));
  const attached = new Map(standing.attached.map((one) => [claimKey(one), one]));
  const stated = standing.attached.flatMap((one) =>
    one.statement === null ? [] : [judgeStatement(one, one.statement, change)],
  );
  const named = claims.map((claim) => {
    const by = attached.get(claimKey(claim));
    return by === undefined || cited.has(claimKey(claim)) ? claim : attachedBy(claim, by);
  });
  const meanwhile = standing.attached.flatMap((one) =>
    one.statement !== null || claims.some((claim) => claimKey(claim) === claimKey(one))
      ? []
      : of.last.filter((claim) => claimKey(claim) === claimKey(one)),
  );
  return [...named, ...meanwhile, ...stated].filter((claim) => !struck.has(claimKey(claim)));
}

/** A person's naming of a ticket changes how it was found and how sure it is, never what the ticket says. */
function attachedBy(claim: Claim, by: LinkDecision): Claim {
  return {
    ...claim,
    foundBy: foundByOf(by),
    confidence: Math.round(claim.confidence * ATTACHED_CONFIDENCE * 100) / 100,
    reasons: [...claim.reasons.filter((reason) => reason !== attachedReason(by)), attachedReason(by)],
  };
}

/** Judges what a person states by the times they gave. Times are compared at whole seconds, as everywhere. */
export function judgeStatement(by: LinkDecision, statement: Statement, change: JudgedChange): Claim {
  const late = statement.approvedAt > addMs(floorToSecond(change.at), SECOND_MS - 1);
  const when = toIso(statement.approvedAt);
  return {
    kind: 'manual',
    reference: by.reference,
    status: late ? 'late_approval' : 'linked',
    reason: late ? 'approved_after_change' : null,
    reasons: [
      late
        ? `approved at ${when} by ${statement.approver}, after the change`
        : `approved at ${when} by ${statement.approver}, not after the change`,
      'stated by a person; no connected system confirms it',
      attachedReason(by),
    ],
    foundBy: foundByOf(by),
    confidence: STATED_CONFIDENCE,
    statusAtChange: null,
    approvedAt: statement.approvedAt,
    approvers: [statement.approver],
    window: null,
    namesTarget: null,
    emergency: false,
    review: null,
    url: statement.url,
    title: statement.title,
  };
}

function foundByOf({ decider }: LinkDecision): string {
  return `attached by ${decider}`;
}

function attachedReason({ decider, reason, decidedAt }: LinkDecision): string {
  return `attached by ${decider} at ${toIso(decidedAt)}: ${reason}`;
}

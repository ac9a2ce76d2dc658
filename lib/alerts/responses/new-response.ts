import type { ProposedResponse } from '@/lib/findings/model/concern';
import type { KeptFinding } from '@/lib/findings/store/finding-row';
import { SYSTEM_ACTOR } from '@/lib/kernel/actor';
import { newId } from '@/lib/kernel/ids';
import type { Intent, Response, Speaker } from '../model/response/response';

/** The product itself, where it says something about a response. */
export const PRODUCT: Speaker = { kind: 'system', id: SYSTEM_ACTOR.id, name: SYSTEM_ACTOR.name };

/** A new response to a finding, before anybody said anything about it. */
export function responseTo(
  finding: KeptFinding,
  intent: Intent,
  now: Date,
): Omit<
  Response,
  | 'key'
  | 'mode'
  | 'state'
  | 'because'
  | 'expiresAt'
  | 'requestedBy'
  | 'decidedAt'
  | 'decidedBy'
  | 'decisionReason'
  | 'finishedAt'
> {
  return {
    kind: intent.kind,
    target: intent.target,
    divisionFrom: intent.divisionFrom,
    divisionTo: intent.divisionTo,
    undoOf: intent.undoOf,
    id: newId('response', now),
    orgId: finding.orgId,
    findingId: finding.id,
    moveId: finding.moveId,
    rule: finding.rule,
    severity: finding.severity,
    proposedAt: now,
    begunAt: null,
    undoneBy: null,
  };
}

/** What a rule's proposal means to do. */
export function intentOf(proposal: ProposedResponse): Intent {
  return {
    kind: proposal.kind,
    target: proposal.target,
    divisionFrom: proposal.divisionFrom ?? null,
    divisionTo: proposal.divisionTo ?? null,
    undoOf: null,
  };
}

import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import type { RiskRuleDecision } from '../contract/risk-rules';
import { mayDecideRule } from '../model/risk/may-decide-rule';
import { requestRejudge } from '../store/risk/rejudge';
import { insertRuleDecision, insertRuleVersion, lockRules, proposalById } from '../store/risk/rule-facts';
import { currentRules } from './current-rules';

export type DecidedRule = {
  readonly id: string;
  readonly orgId: string;
  readonly decision: 'approved' | 'refused' | 'withdrawn';
  /** The version it made; null unless approved. */
  readonly version: number | null;
};

const OUTCOMES = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;

/**
 * A person's word about a proposed rule. Approved, it becomes the rule's next version, and the changes it may concern from its
 * effective instant on are to be judged again. Requires a transaction. Throws `not_found`, `forbidden` with the sentence why
 * not.
 */
export async function decideRule(
  sql: Sql,
  asked: RiskRuleDecision & { readonly id: string },
  by: { readonly actor: JournalActor; readonly now: Date; readonly orgIds: readonly string[] },
): Promise<DecidedRule> {
  const seen = await proposalById(sql, asked.id);
  if (seen === null || !by.orgIds.includes(seen.orgId)) throw missing();
  await lockRules(sql, seen.orgId);
  // Read again: somebody may have decided while this one waited.
  const proposal = await proposalById(sql, asked.id);
  if (proposal === null) throw missing();
  const { orgId, ruleId, content } = proposal;
  const before = (await currentRules(sql, orgId)).find((rule) => rule.id === ruleId) ?? null;
  const may = mayDecideRule(
    {
      proposedBy: proposal.proposedBy,
      isDecided: proposal.decision !== null,
      baseVersion: proposal.baseVersion,
      currentVersion: before?.version ?? 0,
    },
    { actor: by.actor, mayWrite: true },
  )[asked.decision];
  if (!may.allowed)
    throw requestError('forbidden', `cannot ${asked.decision} the rule: ${may.because ?? 'no'}`);
  const decision = OUTCOMES[asked.decision];
  const { kind, id: actorId, name } = by.actor;
  const decidedBy = { kind, id: actorId, name };
  await insertRuleDecision(sql, proposal, { decision, why: asked.why, decidedBy, receivedAt: by.now });
  const version = decision === 'approved' ? (before?.version ?? 0) + 1 : null;
  const effectiveFrom = proposal.effectiveFrom ?? by.now;
  if (version !== null) {
    const made = { orgId, ruleId, version, effectiveFrom };
    await insertRuleVersion(sql, { ...made, proposalId: proposal.id, content, receivedAt: by.now });
    await requestRejudge(sql, { orgId, ruleId, version, from: effectiveFrom, at: by.now });
  }
  await appendJournal(sql, {
    actor: by.actor,
    action: `high_risk_rule.${decision}`,
    objectType: 'high_risk_rule',
    objectId: ruleId,
    orgId,
    detail: {
      proposal: proposal.id,
      proposedBy: proposal.proposedBy.name,
      name: content.name,
      why: asked.why,
      ...(version === null ? {} : { version, effectiveFrom, from: before, to: content }),
    },
    at: by.now,
  });
  return { id: proposal.id, orgId, decision, version };
}

function missing() {
  return requestError('not_found', 'cannot decide: there is no such proposal that you may see');
}

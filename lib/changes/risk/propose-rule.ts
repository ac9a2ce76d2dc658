import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { requestError } from '@/lib/kernel/errors';
import { newId } from '@/lib/kernel/ids';
import type { RiskRulePreviewDto, RiskRuleProposal } from '../contract/risk-rules';
import { insertProposal, lockRules } from '../store/risk/rule-facts';
import { currentRules } from './current-rules';

/**
 * Keeps a rule as somebody wants it, with what it would have done; it judges nothing until another person approves it. Requires
 * a transaction. Throws `not_found`, and `conflict` when it is what is in force already.
 */
export async function proposeRule(
  sql: Sql,
  asked: RiskRuleProposal & { readonly preview: RiskRulePreviewDto },
  by: { readonly actor: JournalActor; readonly now: Date; readonly orgIds: readonly string[] },
): Promise<{ readonly id: string; readonly ruleId: string }> {
  const orgId = asked.org.toLowerCase();
  if (!by.orgIds.includes(orgId))
    throw requestError('not_found', 'cannot propose a rule: there is no such organisation');
  await lockRules(sql, orgId);
  const current = asked.ruleId === null ? null : await editable(sql, orgId, asked.ruleId);
  if (current !== null && sameContent(current, asked.content))
    throw requestError('conflict', 'cannot propose the rule: this is what is in force already');
  const { content, why, preview } = asked;
  const { kind, id: actorId, name } = by.actor;
  const id = newId('riskProposal', by.now);
  const ruleId = current?.id ?? newId('riskRule', by.now);
  const effectiveFrom = asked.effectiveFrom === null ? null : new Date(asked.effectiveFrom);
  await insertProposal(sql, {
    id,
    orgId,
    ruleId,
    baseVersion: current?.version ?? 0,
    content,
    why,
    effectiveFrom,
    preview,
    proposedBy: { kind, id: actorId, name },
    receivedAt: by.now,
  });
  await appendJournal(sql, {
    actor: by.actor,
    action: 'high_risk_rule.proposed',
    objectType: 'high_risk_rule',
    objectId: ruleId,
    orgId,
    detail: {
      proposal: id,
      name: content.name,
      from: current === null ? null : wordsOfRule(current),
      to: content,
      why,
      effectiveFrom,
      effects: preview.effects,
    },
    at: by.now,
  });
  return { id, ruleId };
}

async function editable(sql: Sql, orgId: string, ruleId: string) {
  const found = (await currentRules(sql, orgId)).find((rule) => rule.id === ruleId);
  if (found === undefined)
    throw requestError('not_found', 'cannot propose a change: there is no such rule', {
      hint: 'Rules of the policy are changed where the policy is.',
    });
  return found;
}

/** A rule's words without its place among versions. */
export function wordsOfRule<Rule extends { readonly id: string; readonly version: number }>(
  rule: Rule,
): Omit<Rule, 'id' | 'version'> {
  const { id: _id, version: _version, ...content } = rule;
  return content;
}

function sameContent(
  rule: { readonly id: string; readonly version: number },
  content: RiskRuleProposal['content'],
): boolean {
  return canonicalJson(wordsOfRule(rule)) === canonicalJson(content);
}

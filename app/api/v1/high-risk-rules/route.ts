import { handle } from '@/app/api/handle';
import { riskRuleListSchema, riskRuleProposalSchema } from '@/lib/changes/contract/risk-rules';
import { proposeRule } from '@/lib/changes/risk/propose-rule';
import { viewRiskRulePreview } from '@/lib/changes/views/preview-risk-rule';
import { viewRiskRules } from '@/lib/changes/views/risk-rules';

export const GET = handle({
  permission: 'settings.read',
  summary:
    'The table of high-risk changes: rules in force, proposals with their decisions, and what is judged again now',
  query: riskRuleListSchema,
  run: ({ viewer, query }) => viewRiskRules(viewer, query),
});

export const POST = handle({
  permission: 'risk_rules.write',
  summary: 'Proposes a rule, or a change of one; it judges nothing until another person approves it',
  body: riskRuleProposalSchema,
  status: 201,
  // Tried here and not taken from whoever asks: the approver decides on what is kept.
  prepare: ({ viewer, body: { org, ruleId, content } }) =>
    viewRiskRulePreview(viewer, { org, ruleId, content }),
  run: ({ tx, by, viewer, body, prepared }) =>
    proposeRule(tx.sql, { ...body, preview: prepared }, { ...by, orgIds: viewer.orgIds }),
});

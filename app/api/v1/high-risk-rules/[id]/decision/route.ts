import { handle } from '@/app/api/handle';
import { riskRuleDecisionSchema, riskRuleProposalIdSchema } from '@/lib/changes/contract/risk-rules';
import { judgeRiskAgainJob } from '@/lib/changes/jobs';
import { decideRule } from '@/lib/changes/risk/decide-rule';
import { enqueue } from '@/lib/queue/enqueue';

export const POST = handle({
  permission: 'risk_rules.write',
  summary:
    'Approves, refuses or withdraws a proposed rule; nobody approves their own, and what is approved judges changes again',
  params: riskRuleProposalIdSchema,
  body: riskRuleDecisionSchema,
  run: async ({ viewer, params, body, tx, by, afterCommit }) => {
    const { id, orgId, decision, version } = await decideRule(
      tx.sql,
      { ...body, ...params },
      { ...by, orgIds: viewer.orgIds },
    );
    if (version !== null)
      afterCommit(async () => {
        await enqueue(judgeRiskAgainJob, { orgId }, { onceKey: orgId });
      });
    return { id, decision, version };
  },
});

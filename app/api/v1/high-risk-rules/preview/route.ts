import { handle } from '@/app/api/handle';
import { riskRulePreviewSchema, riskRuleTrialSchema } from '@/lib/changes/contract/risk-rules';
import { viewRiskRulePreview } from '@/lib/changes/views/preview-risk-rule';

export const POST = handle({
  permission: 'settings.read',
  summary: 'What a rule would have done to the changes of the last 30 and 90 days; changes nothing',
  body: riskRuleTrialSchema,
  answer: riskRulePreviewSchema,
  run: ({ viewer, body }) => viewRiskRulePreview(viewer, body),
});

import { handle } from '@/app/api/handle';
import { alertRuleSchema } from '@/lib/alerts/contract/rules';
import { viewRulePreview } from '@/lib/alerts/views/preview-rule';

export const POST = handle({
  permission: 'alerts.read',
  summary: 'What a routing rule would have sent of the last 30 days, and to whom; changes nothing',
  body: alertRuleSchema,
  run: ({ viewer, body }) => viewRulePreview(viewer, body),
});

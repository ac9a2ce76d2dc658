import { handle } from '@/app/api/handle';
import { alertRuleSchema } from '@/lib/alerts/contract/rules';
import { addRule } from '@/lib/alerts/rules/change-rules';
import { alertRuleDto, viewAlertRules } from '@/lib/alerts/views/alert-rules';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'Routing rules in force: what is told to whom, by which channel, when',
  run: ({ viewer }) => viewAlertRules(viewer, {}),
});

export const POST = handle({
  permission: 'alerts.manage',
  summary: 'Add a routing rule',
  body: alertRuleSchema,
  status: 201,
  run: async ({ tx, by, body }) => alertRuleDto(tx.sql, await addRule(tx.sql, body, by), by.now),
});

import { handle } from '@/app/api/handle';
import { alertRuleSchema } from '@/lib/alerts/contract/rules';
import { changeRule, removeRule } from '@/lib/alerts/rules/change-rules';
import { alertRuleDto } from '@/lib/alerts/views/alert-rules';
import { idParams } from '@/lib/auth/contract';

export const PUT = handle({
  permission: 'alerts.manage',
  summary: 'Change a routing rule from now on',
  params: idParams,
  body: alertRuleSchema,
  run: async ({ tx, by, params, body }) => {
    await changeRule(tx.sql, { id: params.id, rule: body }, by);
    return alertRuleDto(tx.sql, params.id, by.now);
  },
});

export const DELETE = handle({
  permission: 'alerts.manage',
  summary: 'Remove a routing rule; those that come with the product are switched off instead',
  params: idParams,
  run: ({ tx, by, params }) => removeRule(tx.sql, params.id, by),
});

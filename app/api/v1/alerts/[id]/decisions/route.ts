import { handle } from '@/app/api/handle';
import { alertDecisionSchema } from '@/lib/alerts/contract/alerts';
import { decideAlert } from '@/lib/alerts/decide-alert';
import { alertDetail } from '@/lib/alerts/views/alert-detail';
import { idParams } from '@/lib/auth/contract';

export const POST = handle({
  permission: 'alerts.handle',
  summary: 'Acknowledge, close or reopen an alert, with the reason',
  params: idParams,
  body: alertDecisionSchema,
  run: async ({ tx, by, params, body, viewer }) => {
    await decideAlert(tx.sql, { id: params.id, ...body, orgIds: viewer.orgIds }, by);
    return alertDetail(tx.sql, params.id);
  },
});

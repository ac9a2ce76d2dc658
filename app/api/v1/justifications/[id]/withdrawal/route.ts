import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { withdrawSchema } from '@/lib/linking/contract/justifications';
import { withdrawRequest } from '@/lib/linking/justifications/end-requests';

export const POST = handle({
  permission: 'links.decide',
  summary: 'Withdraw a request for justification: its link opens nothing any more',
  params: idParams,
  body: withdrawSchema,
  run: ({ tx, by, viewer, params, body }) =>
    withdrawRequest(tx.sql, { orgIds: viewer.orgIds, id: params.id, reason: body.reason }, by),
});

import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { windowDtoSchema, windowWithdrawalSchema } from '@/lib/directory/contract/windows';
import { windowNow } from '@/lib/directory/views/windows';
import { withdrawWindow } from '@/lib/directory/windows/change-window';

export const POST = handle({
  permission: 'windows.manage',
  summary: 'Withdraw a window that was typed in, from now on; changes made before keep it',
  params: idParams,
  body: windowWithdrawalSchema,
  answer: windowDtoSchema,
  run: async ({ tx, by, params, body, viewer }) => {
    const given = { windowId: params.id, orgIds: viewer.orgIds, reason: body.reason };
    const { windowId } = await withdrawWindow(tx.sql, given, by);
    return windowNow(tx.sql, windowId, by.now);
  },
});

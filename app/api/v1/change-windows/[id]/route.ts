import { handle } from '@/app/api/handle';
import { idParams } from '@/lib/auth/contract';
import { windowChangeSchema, windowDtoSchema, windowHistorySchema } from '@/lib/directory/contract/windows';
import { viewWindow, windowNow } from '@/lib/directory/views/windows';
import { changeWindow } from '@/lib/directory/windows/change-window';
import { definitionOf } from '@/lib/directory/windows/definition-of';

export const GET = handle({
  permission: 'settings.read',
  summary: 'A change window with every version of it',
  params: idParams,
  answer: windowHistorySchema,
  run: ({ viewer, params }) => viewWindow(viewer, params),
});

export const PUT = handle({
  permission: 'windows.manage',
  summary:
    'Change a window that was typed in, from now on; what was judged before stays judged by its former version',
  params: idParams,
  body: windowChangeSchema,
  answer: windowDtoSchema,
  run: async ({ tx, by, params, body, viewer }) => {
    const given = {
      windowId: params.id,
      orgIds: viewer.orgIds,
      definition: definitionOf(body),
      reason: body.reason,
    };
    const { windowId } = await changeWindow(tx.sql, given, by);
    return windowNow(tx.sql, windowId, by.now);
  },
});

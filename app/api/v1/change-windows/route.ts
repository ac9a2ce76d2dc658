import { handle } from '@/app/api/handle';
import {
  windowDtoSchema,
  windowInputSchema,
  windowListSchema,
  windowsAnswerSchema,
} from '@/lib/directory/contract/windows';
import { viewWindows, windowNow } from '@/lib/directory/views/windows';
import { addWindow } from '@/lib/directory/windows/change-window';
import { definitionOf } from '@/lib/directory/windows/definition-of';
import { requestError } from '@/lib/kernel/errors';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Change windows and freezes, with when each is open next and how reading their sources went',
  query: windowListSchema,
  answer: windowsAnswerSchema,
  run: ({ viewer, query }) => viewWindows(viewer, query),
});

export const POST = handle({
  permission: 'windows.manage',
  summary: 'Type in a change window or freeze; it holds for changes made from now on',
  body: windowInputSchema,
  answer: windowDtoSchema,
  status: 201,
  run: async ({ tx, by, body, viewer }) => {
    if (!viewer.orgIds.includes(body.org))
      throw requestError(
        'not_found',
        'cannot add this window: there is no such organisation that you may see',
      );
    const given = { orgId: body.org, definition: definitionOf(body), reason: body.reason };
    const { windowId } = await addWindow(tx.sql, given, by);
    return windowNow(tx.sql, windowId, by.now);
  },
});

import { handle } from '@/app/api/handle';
import { judgeAgain } from '@/app/api/judge-again';
import { idParams, sourceChangeSchema, sourceSchema } from '@/lib/auth/contract';
import { changeSource, removeSource } from '@/lib/auth/settings/change-source';
import { toSourceDto } from '@/lib/auth/views/sources';

export const PATCH = handle({
  permission: 'sources.write',
  summary: 'Change a connected system; a secret left out stays as it is',
  params: idParams,
  body: sourceChangeSchema,
  answer: sourceSchema,
  run: async ({ tx, by, params, body, viewer, afterCommit }) => {
    const changed = await changeSource(tx.sql, { id: params.id, ...body }, { ...by, orgIds: viewer.orgIds });
    afterCommit(() => judgeAgain(changed));
    return toSourceDto(changed);
  },
});

export const DELETE = handle({
  permission: 'sources.write',
  summary: 'Disconnect a system; what was collected stays',
  params: idParams,
  run: ({ tx, by, params, viewer }) => removeSource(tx.sql, params.id, { ...by, orgIds: viewer.orgIds }),
});

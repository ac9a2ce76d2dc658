import { handle } from '@/app/api/handle';
import { judgeAgain } from '@/app/api/judge-again';
import { newSourceSchema, sourceListSchema, sourceSchema } from '@/lib/auth/contract';
import { addSource } from '@/lib/auth/settings/change-source';
import { readSources, toSourceDto } from '@/lib/auth/views/sources';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Connected systems; secrets are write-only',
  answer: sourceListSchema,
  run: ({ viewer }) => readSources(viewer, {}),
});

export const POST = handle({
  permission: 'sources.write',
  summary: 'Connect a system',
  body: newSourceSchema,
  answer: sourceSchema,
  status: 201,
  run: async ({ tx, by, body, viewer, afterCommit }) => {
    const added = await addSource(
      tx.sql,
      { ...body, orgId: body.orgId ?? null },
      { ...by, orgIds: viewer.orgIds },
    );
    afterCommit(() => judgeAgain(added));
    return toSourceDto(added);
  },
});

import { z } from 'zod';
import { handle } from '@/app/api/handle';
import { directoryKindSchema, directoryListSchema } from '@/lib/directory/contract';
import { viewKind } from '@/lib/directory/views/kind';

export const GET = handle({
  summary: 'Things of one kind as they were at an instant, or those that ever had such a name',
  permission: 'directory.read',
  params: z.object({ kind: directoryKindSchema }),
  query: directoryListSchema,
  run: ({ viewer, params, query }) => viewKind(viewer, { ...query, kind: params.kind }),
});

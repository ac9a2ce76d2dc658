import { z } from 'zod';
import { handle } from '@/app/api/handle';
import { directoryEntitySchema, directoryKindSchema } from '@/lib/directory/contract';
import { viewEntity } from '@/lib/directory/views/entity';

export const GET = handle({
  summary: 'One entity as it was at an instant, with every version and how each is known',
  permission: 'directory.read',
  params: z.object({ kind: directoryKindSchema, id: z.string().min(1).max(500) }),
  query: directoryEntitySchema,
  run: ({ viewer, params, query }) => viewEntity(viewer, { ...query, ...params }),
});

import { z } from 'zod';
import { handle } from '@/app/api/handle';
import { snapshotSchema } from '@/lib/directory/contract';
import { viewSnapshot } from '@/lib/directory/views/snapshots';

export const GET = handle({
  summary: 'One snapshot with what became different by it',
  permission: 'directory.read',
  params: z.object({ id: z.string().min(1).max(100) }),
  query: snapshotSchema,
  run: ({ viewer, params, query }) => viewSnapshot(viewer, { ...query, ...params }),
});

import { handle } from '@/app/api/handle';
import { snapshotListSchema } from '@/lib/directory/contract';
import { viewSnapshots } from '@/lib/directory/views/snapshots';

export const GET = handle({
  summary: 'Snapshots of the directory, newest first, with totals and outcomes',
  permission: 'directory.read',
  query: snapshotListSchema,
  run: ({ viewer, query }) => viewSnapshots(viewer, query),
});

import { handle } from '@/app/api/handle';
import { directoryQuerySchema } from '@/lib/directory/contract';
import { viewDirectory } from '@/lib/directory/views/directory';

export const GET = handle({
  summary: 'The organisation at an instant: counts per kind, divisions with their members, latest snapshots',
  permission: 'directory.read',
  query: directoryQuerySchema,
  run: ({ viewer, query }) => viewDirectory(viewer, query),
});

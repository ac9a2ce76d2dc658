import { handle } from '@/app/api/handle';
import { volumeQuerySchema } from '@/lib/changes/contract-lists';
import { viewVolume } from '@/lib/changes/views/change-volume';

export const GET = handle({
  permission: 'changes.read',
  summary: 'Counts of changes over time under a filter',
  query: volumeQuerySchema,
  run: ({ viewer, query }) => viewVolume(viewer, query),
});

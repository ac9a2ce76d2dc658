import { handle } from '@/app/api/handle';
import { quarantineQuerySchema } from '@/lib/changes/contract-lists';
import { viewQuarantine } from '@/lib/changes/views/collection';

export const GET = handle({
  permission: 'quarantine.read',
  summary: 'Records that could not be read, with the reason and what replays came to',
  query: quarantineQuerySchema,
  run: ({ viewer, query }) => viewQuarantine(viewer, query),
});

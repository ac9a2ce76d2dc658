import { handle } from '@/app/api/handle';
import { timelineQuerySchema } from '@/lib/changes/contract/timeline';
import { viewTimeline } from '@/lib/changes/views/timeline/timeline';

export const GET = handle({
  permission: 'changes.read',
  summary: 'High-risk changes over time, planned and ad-hoc, with gaps of coverage, windows and freezes',
  query: timelineQuerySchema,
  run: ({ viewer, query }) => viewTimeline(viewer, query),
});

import { handle } from '@/app/api/handle';
import { viewDetections } from '@/lib/alerts/views/alert-rules';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'What the product looks out for, why, and what to do about it',
  run: ({ viewer }) => viewDetections(viewer, {}),
});

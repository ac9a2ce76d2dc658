import { handle } from '@/app/api/handle';
import { alertListSchema } from '@/lib/alerts/contract/alerts';
import { viewAlertDelays } from '@/lib/alerts/views/alerts';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'How long alerts took from event to alert and to the first delivery',
  query: alertListSchema,
  run: ({ viewer, query }) => viewAlertDelays(viewer, query),
});

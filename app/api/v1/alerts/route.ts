import { handle } from '@/app/api/handle';
import { alertListSchema } from '@/lib/alerts/contract/alerts';
import { viewAlerts } from '@/lib/alerts/views/alerts';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'Alerts, the newest first, with how their deliveries stand',
  query: alertListSchema,
  run: ({ viewer, query }) => viewAlerts(viewer, query),
});

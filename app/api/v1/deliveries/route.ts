import { handle } from '@/app/api/handle';
import { deliveryListSchema } from '@/lib/alerts/contract/deliveries';
import { viewDeliveries } from '@/lib/alerts/views/deliveries';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'Messages sent, waiting, held back and dead, with every try',
  query: deliveryListSchema,
  run: ({ viewer, query }) => viewDeliveries(viewer, query),
});

import { handle } from '@/app/api/handle';
import { viewDelivery } from '@/lib/alerts/views/deliveries';
import { idParams } from '@/lib/auth/contract';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'One message with every try',
  params: idParams,
  run: ({ viewer, params }) => viewDelivery(viewer, params),
});

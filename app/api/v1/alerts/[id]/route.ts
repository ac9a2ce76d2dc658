import { handle } from '@/app/api/handle';
import { viewAlert } from '@/lib/alerts/views/alert-detail';
import { idParams } from '@/lib/auth/contract';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'One alert with its findings, deliveries and history',
  params: idParams,
  run: ({ viewer, params }) => viewAlert(viewer, params),
});

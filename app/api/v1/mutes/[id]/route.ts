import { handle } from '@/app/api/handle';
import { liftMute } from '@/lib/alerts/mutes/change-mutes';
import { idParams } from '@/lib/auth/contract';

export const DELETE = handle({
  permission: 'alerts.handle',
  summary: 'Lift a mute before its end',
  params: idParams,
  run: ({ tx, by, params, viewer }) => liftMute(tx.sql, { id: params.id, orgIds: viewer.orgIds }, by),
});

import { handle } from '@/app/api/handle';
import { muteSchema } from '@/lib/alerts/contract/alerts';
import { addMute } from '@/lib/alerts/mutes/change-mutes';
import { muteDto, viewMutes } from '@/lib/alerts/views/mutes';
import { requestError } from '@/lib/kernel/errors';

export const GET = handle({
  permission: 'alerts.read',
  summary: 'What is not sent until when, and why',
  run: ({ viewer }) => viewMutes(viewer, {}),
});

export const POST = handle({
  permission: 'alerts.handle',
  summary: 'Mute a detection until an instant, with the reason; findings and alerts are kept all the same',
  body: muteSchema,
  status: 201,
  run: async ({ tx, by, body, viewer }) => {
    if (!viewer.orgIds.includes(body.org))
      throw requestError('not_found', 'cannot mute: there is no such organisation that you may see');
    const mute = await addMute(
      tx.sql,
      {
        orgId: body.org,
        rule: body.rule,
        subjectId: body.subjectId ?? null,
        actorId: body.actorId ?? null,
        reason: body.reason,
        until: new Date(body.until),
      },
      by,
    );
    return muteDto(mute, 0, by.now);
  },
});

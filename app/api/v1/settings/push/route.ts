import { handle } from '@/app/api/handle';
import { setSetting } from '@/lib/auth/settings/set-setting';
import { pushDtoSchema, pushQuerySchema, setPushMatchSchema } from '@/lib/changes/contract-push';
import { PUSH_MATCH } from '@/lib/changes/push/receive-events';
import { viewPush } from '@/lib/changes/views/push';
import { requestError } from '@/lib/kernel/errors';

export const GET = handle({
  permission: 'settings.read',
  summary: 'Which pushed events become changes, and what became of those that came',
  query: pushQuerySchema,
  answer: pushDtoSchema,
  run: ({ viewer, query }) => viewPush(viewer, query),
});

export const PUT = handle({
  permission: 'settings.write',
  summary: 'Sets which pushed events become changes, for events that come from now on',
  body: setPushMatchSchema,
  async run({ tx, by, viewer, body, journal }) {
    const orgId = body.orgId?.toLowerCase() ?? null;
    if (orgId !== null && !viewer.orgIds.includes(orgId))
      throw requestError('not_found', 'cannot set the rule: there is no such organisation that you may see');
    const changed = await setSetting(
      tx.sql,
      { name: PUSH_MATCH, orgId, value: body.match, origin: 'person' },
      by,
    );
    if (!changed)
      await journal({
        action: 'setting.confirmed',
        objectType: 'setting',
        orgId,
        detail: { name: PUSH_MATCH },
      });
    return { changed };
  },
});

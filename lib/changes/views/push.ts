import { settingAt } from '@/lib/auth/store/setting-rows';
import { view } from '@/lib/auth/view';
import { addMs, DAY_MS, toIso } from '@/lib/kernel/instant';
import { type PushDto, type PushQuery, pushMatchSchema } from '../contract-push';
import { PUSH_MATCH } from '../push/receive-events';
import { spoolCounts } from '../store/push/spool';

const COUNTED_DAYS = 7;

/** Which pushed events each organisation asks for, and what became of those that came in the last seven days. */
export const viewPush = view(
  { permission: 'settings.read' },
  async ({ sql, viewer, now }, { orgId }: PushQuery): Promise<PushDto> => {
    const orgIds = viewer.orgIds.filter((one) => orgId === undefined || one === orgId);
    const counts = await spoolCounts(sql, orgIds, addMs(now, -COUNTED_DAYS * DAY_MS));
    const items: PushDto['items'] = [];
    for (const one of orgIds) {
      const version = await settingAt(sql, { name: PUSH_MATCH, orgId: one, at: now });
      const parsed = pushMatchSchema.safeParse(version?.value ?? {});
      const found = counts.find((count) => count.orgId === one);
      items.push({
        orgId: one,
        match: parsed.data ?? {},
        setBy: version?.setBy ?? null,
        since: version === null ? null : toIso(version.validFrom),
        received: {
          kept: found?.kept ?? 0,
          filtered: found?.filtered ?? 0,
          unreadable: found?.unreadable ?? 0,
          waiting: found?.waiting ?? 0,
          lastAt: found?.lastAt ? toIso(found.lastAt) : null,
        },
      });
    }
    return { items };
  },
);

import { can } from '@/lib/auth/can';
import { view } from '@/lib/auth/view';
import { actorOf } from '@/lib/auth/viewer';
import { toIso } from '@/lib/kernel/instant';
import { sessionScope } from '@/lib/sessions/session-scope';
import type { ResolutionsDto } from '../contract/resolutions';
import { addressee } from '../justifications/ask-justification';
import { mayDecide } from '../manual/may-decide';
import { batchesOf } from '../store/manual/batch-rows';
import { countUnlinkedInSessions, unlinkedInSessions } from '../store/manual/decidable-changes';

const SHOWN_CRITICAL = 50;

/** What is left to resolve in a session, and what was resolved together, with how far each got. */
export const viewResolutions = view<{ readonly id: string }, ResolutionsDto>(
  {
    permission: 'sessions.read',
    journal: ({ id }) => ({ action: 'resolutions.viewed', objectType: 'session', objectId: id }),
  },
  async ({ sql, viewer }, { id }) => {
    const scope = await sessionScope(sql, id);
    const sessionIds = scope === null ? [id] : [...scope.ids];
    const batches = await batchesOf(sql, viewer.orgIds, [...new Set([id, ...sessionIds])]);
    let unlinked = 0;
    const critical: { id: string; label: string }[] = [];
    let may: ResolutionsDto['mayResolve'] = can(viewer, 'links.decide')
      ? { allowed: false, because: 'Every accountable change of it is linked.' }
      : { allowed: false, because: 'Your role looks and does not decide: an officer or administrator can.' };
    let askable: ResolutionsDto['askable'] = null;
    for (const orgId of scope === null ? [] : viewer.orgIds) {
      const asked = { orgId, sessionIds, from: scope?.from ?? new Date(0), to: scope?.to ?? new Date(0) };
      unlinked += await countUnlinkedInSessions(sql, asked);
      const [first] = await unlinkedInSessions(sql, { ...asked, after: null, limit: 1 });
      if (first !== undefined && can(viewer, 'links.decide')) {
        may = await mayDecide(sql, first, actorOf(viewer));
        askable = await addressee(sql, first);
      }
      const risky = await unlinkedInSessions(sql, {
        ...asked,
        after: null,
        limit: SHOWN_CRITICAL,
        critical: true,
      });
      critical.push(...risky.map((one) => ({ id: one.id, label: one.label })));
    }
    const undone = new Set(batches.map((one) => one.undoOf));
    return {
      unlinked,
      critical,
      mayResolve: may,
      askable,
      items: batches.map((one) => ({
        id: one.id,
        undoOf: one.undoOf,
        undone: undone.has(one.id),
        askedAt: toIso(one.askedAt),
        askedBy: one.asker,
        reason: one.reason,
        reference: referenceOf(one.what),
        state: one.state,
        total: one.total,
        done: one.done,
        leftOut: [...one.leftOut],
        message: one.message,
      })),
    };
  },
);

function referenceOf(what: unknown): string | null {
  if (typeof what !== 'object' || what === null) return null;
  const reference: unknown = Reflect.get(what, 'reference');
  return typeof reference === 'string' ? reference : null;
}

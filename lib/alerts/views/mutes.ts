import { view } from '@/lib/auth/view';
import { toIso } from '@/lib/kernel/instant';
import type { MuteDto } from '../contract/alerts';
import { inForce, type Mute } from '../model/routing/mute';
import { listMutes } from '../store/alert/mute-rows';

/** Every mute, the newest first: in force, past, lifted. */
export const viewMutes = view<
  Record<string, never>,
  { readonly items: readonly MuteDto[]; readonly nextCursor: null }
>(
  { permission: 'alerts.read', journal: () => ({ action: 'mutes.viewed', objectType: 'mute' }) },
  async ({ sql, now }) => ({
    items: (await listMutes(sql)).map((mute) => muteDto(mute, mute.held, now)),
    nextCursor: null,
  }),
);

/** A mute as people see it, also for answers to who just made it. */
export function muteDto(mute: Mute, held: number, now: Date): MuteDto {
  const liftedEarly = mute.liftedAt !== null && mute.liftedAt < mute.until;
  return {
    id: mute.id,
    orgId: mute.orgId,
    rule: mute.rule,
    subjectId: mute.subjectId,
    actorId: mute.actorId,
    reason: mute.reason,
    since: toIso(mute.since),
    until: toIso(mute.until),
    by: mute.by,
    state: liftedEarly ? 'lifted' : inForce(mute, now) ? 'in_force' : 'past',
    held,
  };
}

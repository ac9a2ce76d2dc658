import { findingsOfRules } from '@/lib/findings/read-findings';
import { addMs, DAY_MS, floorToDay, toIso } from '@/lib/kernel/instant';
import { known, notEvaluated } from '@/lib/kernel/outcome';
import { askedRate, unlinkedRate } from '@/lib/linking/unlinked-rate';
import type { ChangeManagement, SelfActs } from '../model/inputs';
import type { Figure } from './figure';
import { whyNotRead } from './logging';

const RATE_DAYS = 30;
const ACT_DAYS = 90;
const SELF_MOVE = 'self-move';
const SELF_GRANT = 'self-grant';

/** The unlinked change rate of the last 30 days; not evaluated where records of the period are missing. */
export const changeManagement: Figure<ChangeManagement> = async ({ sql, orgId, now }) => {
  const to = addMs(floorToDay(now), DAY_MS);
  const { because, from } = await whyNotRead(sql, { orgId, from: addMs(to, -RATE_DAYS * DAY_MS), now });
  if (because !== null) return notEvaluated(because);
  const asked = askedRate({ org: [orgId], from: toIso(from), to: toIso(to) }, now);
  const rate = await unlinkedRate(sql, asked);
  return known({
    from: rate.from,
    to: rate.to,
    unlinked: rate.unlinked,
    total: rate.total,
    rate: rate.rate,
    notEvaluated: rate.notEvaluated,
  });
};

/** Who moved themselves or granted themselves a role in the last 90 days. */
export const selfActs: Figure<SelfActs> = async ({ sql, orgId, now }) => {
  const { because, from } = await whyNotRead(sql, { orgId, from: addMs(now, -ACT_DAYS * DAY_MS), now });
  const found = await findingsOfRules(sql, { orgId, rules: [SELF_MOVE, SELF_GRANT], from, to: now });
  // What was found was found; that nothing was is said of whole records alone.
  if (because !== null && found.length === 0) return notEvaluated(because);
  return known({
    from: toIso(from),
    to: toIso(now),
    acts: found.map((one) => ({
      key: one.key,
      kind: one.rule === SELF_MOVE ? ('self_move' as const) : ('self_grant' as const),
      at: toIso(one.occurredAt),
      sentence: one.sentence,
      actor: one.actor?.name ?? one.actor?.id ?? null,
      changeId: one.changeIds[0] ?? null,
    })),
  });
};

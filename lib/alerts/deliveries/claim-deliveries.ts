import { randomUUID } from 'node:crypto';
import type { Sql } from '@/lib/db/sql';
import { addMs, SECOND_MS } from '@/lib/kernel/instant';
import type { ChannelKind } from '../contract/deliveries';
import { allowance, healthAfter } from '../model/channel-health';
import { nextTry } from '../model/next-try';
import {
  appendAttempt,
  type Claimed,
  claimDue,
  countHeld,
  findInterrupted,
  lockChannel,
  settle,
} from '../store/delivery-work';
import { keepHealth, readHealth } from '../store/health-rows';

/** Longer than any sender takes: three requests of ten seconds, or a mail of twenty. */
export const CLAIM_MS = 45 * SECOND_MS;
/**
 * Messages on their way to one channel at once, over all workers. One for ServiceNow, whose API has no "create unless
 * there"; one for Slack, which allows one a second.
 */
const BOUND: Readonly<Record<ChannelKind, number>> = {
  inbox: 10,
  slack: 1,
  email: 2,
  servicenow: 1,
  webhook: 4,
};

export type Batch = { readonly token: string; readonly deliveries: readonly Claimed[] };

/** Takes what may be sent to the channel at this moment. Requires a transaction; nothing is sent in it. */
export async function claimDeliveries(
  sql: Sql,
  of: { readonly channelId: string; readonly kind: ChannelKind; readonly now: Date; readonly chance: number },
): Promise<Batch> {
  const { channelId, kind, now } = of;
  const token = randomUUID();
  await lockChannel(sql, channelId);
  await noteInterrupted(sql, of);
  const may = allowance(await readHealth(sql, channelId), { now, bound: BOUND[kind] });
  const limit = may - (await countHeld(sql, channelId, now));
  if (limit <= 0) return { token, deliveries: [] };
  const deliveries = await claimDue(sql, { token, until: addMs(now, CLAIM_MS), now }, { channelId, limit });
  return { token, deliveries };
}

const INTERRUPTED = 'The process that sent it ended before it could note what the receiver said.';

/** What was being sent when its worker went away has an unknown outcome; whether it is sent again depends on the receiver. */
async function noteInterrupted(
  sql: Sql,
  of: { readonly channelId: string; readonly now: Date; readonly chance: number },
): Promise<void> {
  const { channelId, now } = of;
  for (const one of await findInterrupted(sql, channelId, now)) {
    const outcome = { kind: 'unknown', because: INTERRUPTED } as const;
    const unknowns = one.unknowns + 1;
    const next = nextTry(
      outcome,
      { kind: one.channelKind, purpose: one.purpose, attempts: one.attempts, unknowns },
      // The claim ran out meanwhile: the receiver had its time.
      { now, chance: of.chance },
    );
    const at = one.sendingSince ?? now;
    const attempt = { deliveryId: one.id, orgId: one.orgId, at, outcome: outcome.kind, status: null };
    await appendAttempt(sql, { ...attempt, because: INTERRUPTED, durationMs: null }, now);
    await settle(sql, { id: one.id, token: null, next, unknowns, at: now, because: null, receipt: null });
    const health = healthAfter(await readHealth(sql, channelId), outcome, now);
    await keepHealth(sql, { channelId, health, at: now, failure: INTERRUPTED });
  }
}

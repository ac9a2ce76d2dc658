import type { SinkOutcome } from '@/lib/connectors/sinks/sink';
import { noteIncident } from '@/lib/findings/note-finding';
import { messageOf } from '@/lib/kernel/errors';
import { log } from '@/lib/log/log';
import type { OpenChannel } from '../channels/open-channel';
import { healthAfter } from '../model/channel-health';
import { type Next, nextTry } from '../model/next-try';
import { appendAttempt, beginSending, type Claimed, lockChannel, settle } from '../store/delivery-work';
import { keepHealth, readHealth } from '../store/health-rows';
import type { DeliveryDeps } from './deps';

const deliveryLog = log.child({ room: 'alerts' });

/** The clock of one run: the instant it was given, moved on by what has really passed. */
export type RunClock = () => Date;

/**
 * Sends one claimed delivery and notes what came of it. That it is being sent is noted before the first byte leaves; the
 * outcome, its attempt and the channel's health commit together. Null when the claim was lost before anything was sent.
 */
export async function tryDelivery(
  deps: DeliveryDeps,
  claimed: Claimed,
  { token, clock }: { readonly token: string; readonly clock: RunClock },
): Promise<Next | null> {
  const { db } = deps;
  const { id, channelId, orgId } = claimed;
  const channel = await deps.open({ channelId, orgId });
  const at = clock();
  const begun = await beginSending(db.sql, { id, token, at });
  if (begun === null) return null;
  const outcome = await send(deps, channel, claimed, at);
  const now = clock();
  const unknowns = begun.unknowns + (outcome.kind === 'unknown' ? 1 : 0);
  const next = nextTry(
    outcome,
    { kind: claimed.channelKind, purpose: claimed.purpose, attempts: begun.attempts, unknowns },
    { now, chance: deps.random() },
  );
  const because = outcome.because;
  const status = 'status' in outcome ? outcome.status : null;
  const receipt = outcome.kind === 'delivered' ? outcome.receipt : null;
  await db.transaction(async (sql) => {
    await lockChannel(sql, channelId);
    const durationMs = now.getTime() - at.getTime();
    await appendAttempt(
      sql,
      { deliveryId: id, orgId, at, outcome: outcome.kind, status, because, durationMs },
      now,
    );
    await settle(sql, { id, token, next, unknowns, at: now, because, receipt });
    const health = healthAfter(await readHealth(sql, channelId), outcome, now);
    await keepHealth(sql, {
      channelId,
      health,
      at: now,
      failure: outcome.kind === 'delivered' ? null : outcome.because,
    });
    if (receipt !== null && claimed.alertId !== null && claimed.channelKind === 'servicenow')
      await noteIncident(sql, { alertId: claimed.alertId, number: receipt.number, url: receipt.url });
  });
  if (next.state !== 'delivered')
    deliveryLog.warn(
      { deliveryId: id, channelId, outcome: outcome.kind, status, state: next.state },
      'delivery not taken',
    );
  return next;
}

async function send(
  deps: DeliveryDeps,
  channel: OpenChannel,
  claimed: Claimed,
  now: Date,
): Promise<SinkOutcome> {
  if (channel.kind === 'unusable') return { kind: 'refused', status: null, because: channel.because };
  const { id: deliveryId, orgId, alertId, purpose, message, plannedAt } = claimed;
  try {
    return await channel.send(
      { deliveryId, orgId, alertId, purpose, message, plannedAt, publicUrl: deps.publicUrl },
      now,
    );
  } catch (error) {
    // A mistake of ours in giving the message its form. It must not hold up what stands behind it.
    deliveryLog.error({ deliveryId, reason: messageOf(error) }, 'delivery cannot be made');
    return {
      kind: 'refused',
      status: null,
      because: 'The message could not be put into the form of this channel.',
    };
  }
}

import { setTimeout as pause } from 'node:timers/promises';
import { addMs, SECOND_MS } from '@/lib/kernel/instant';
import type { ChannelKind } from '../contract/deliveries';
import type { Next } from '../model/next-try';
import { dueChannels, nextDueAt, releaseClaims } from '../store/delivery-work';
import { claimDeliveries } from './claim-deliveries';
import type { DeliveryDeps } from './deps';
import { type RunClock, tryDelivery } from './try-delivery';

/** After so long a run begins nothing more; the next one goes on. */
const RUN_LIMIT_MS = 60 * SECOND_MS;
/** How often a run looks for channels that something became due for while others are slow; the rest of a channel that gave nothing. */
const LOOK_AGAIN_MS = 250;
/** What is due and was left, because other workers hold what its channel's bound allows, is looked at again after this. */
const NEXT_RUN_MS = SECOND_MS;

export type DeliveryRun = {
  readonly delivered: number;
  /** Not taken this time; tried again. */
  readonly again: number;
  readonly dead: number;
  /** When another run has something to do; null when nothing waits. */
  readonly nextAt: Date | null;
};

/**
 * Sends what is due, each channel by itself, until nothing is: a slow or broken channel delays no other, also not for what
 * becomes due meanwhile. Safe to repeat, to overlap and to kill.
 */
export async function deliverDue(
  deps: DeliveryDeps,
  options: { readonly now: Date; readonly signal?: AbortSignal },
): Promise<DeliveryRun> {
  const began = performance.now();
  const clock: RunClock = () => addMs(options.now, Math.floor(performance.now() - began));
  const mayGoOn = () => options.signal?.aborted !== true && performance.now() - began < RUN_LIMIT_MS;
  const count: Record<Next['state'], number> = { delivered: 0, waiting: 0, dead: 0 };
  const running = new Map<string, Promise<void>>();
  // Due and yet nothing to be had: another worker holds what the channel's bound allows.
  const restingUntil = new Map<string, number>();
  let failed: unknown = null;
  const begin = (channelId: string, kind: ChannelKind) => {
    const drained = drainChannel(deps, { channelId, kind, clock, mayGoOn, count })
      .then((tried) => {
        if (tried === 0) restingUntil.set(channelId, performance.now() + LOOK_AGAIN_MS);
      })
      .catch((error: unknown) => {
        failed ??= error;
      })
      .finally(() => running.delete(channelId));
    running.set(channelId, drained);
  };
  while (mayGoOn() && failed === null) {
    for (const { channelId, kind } of await dueChannels(deps.db.sql, clock()))
      if (!running.has(channelId) && performance.now() >= (restingUntil.get(channelId) ?? 0))
        begin(channelId, kind);
    if (running.size === 0) break;
    await Promise.race([...running.values(), pause(LOOK_AGAIN_MS)]);
  }
  await Promise.all(running.values());
  if (failed !== null) throw failed;
  const nextAt = await nextDueAt(deps.db.sql);
  const soonest = addMs(clock(), NEXT_RUN_MS);
  return {
    delivered: count.delivered,
    again: count.waiting,
    dead: count.dead,
    nextAt: nextAt !== null && nextAt < soonest ? soonest : nextAt,
  };
}

/** Sends what is due for one channel; gives how many were tried. */
async function drainChannel(
  deps: DeliveryDeps,
  of: {
    readonly channelId: string;
    readonly kind: ChannelKind;
    readonly clock: RunClock;
    readonly mayGoOn: () => boolean;
    readonly count: Record<Next['state'], number>;
  },
): Promise<number> {
  const { channelId, kind, clock } = of;
  let tried = 0;
  while (of.mayGoOn()) {
    const { token, deliveries } = await deps.db.transaction((sql) =>
      claimDeliveries(sql, { channelId, kind, now: clock(), chance: deps.random() }),
    );
    if (deliveries.length === 0) break;
    const results = await Promise.allSettled(
      deliveries.map((claimed) => tryDelivery(deps, claimed, { token, clock })),
    );
    tried += deliveries.length;
    for (const result of results) {
      if (result.status === 'fulfilled') {
        if (result.value !== null) of.count[result.value.state]++;
        continue;
      }
      await releaseClaims(deps.db.sql, token);
      throw result.reason;
    }
  }
  return tried;
}

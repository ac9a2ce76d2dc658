import type { Sql } from '@/lib/db/sql';
import { fixedChannel, PERSON_CHANNEL } from '../channels/fixed-channels';
import type { Purpose } from '../contract/deliveries';
import type { Message } from '../model/message';
import { channelNames } from '../store/channel-rows';
import { insertDeliveries, type NewDeliveryRow } from '../store/delivery-rows';

/** One message for one channel, before anything is sent. */
export type NewDelivery = {
  /** The same key makes one row, however often it is planned. */
  readonly key: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly channelId: string;
  readonly purpose: Purpose;
  readonly message: Message;
  readonly notBefore: Date;
  /** Kept back until somebody releases it: quiet hours, a digest. */
  readonly held: null | { readonly because: string };
  /** Never sent, kept as a record that it would have been: a mute. */
  readonly suppressed?: null | { readonly because: string };
};

/**
 * Makes the rows and gives the ids of those that are new. The only way to make a delivery; call it in the transaction of
 * what it tells of, and enqueue `alerts.deliver-due` after the commit (a sweep finds it otherwise within a minute).
 *
 * A channel that was removed meanwhile, or never was, makes a dead letter: that nobody was told must be seen.
 */
export async function planDeliveries(
  sql: Sql,
  rows: readonly NewDelivery[],
  now: Date = new Date(),
): Promise<string[]> {
  if (rows.length === 0) return [];
  const stored = await channelNames(
    sql,
    rows.map((row) => row.channelId),
  );
  const planned = rows.map((row): NewDeliveryRow => {
    const channel =
      row.channelId === PERSON_CHANNEL.id
        ? PERSON_CHANNEL
        : (fixedChannel(row.channelId) ?? stored.get(row.channelId) ?? null);
    const gone = channel === null || ('removed' in channel && channel.removed);
    const { held, suppressed, ...facts } = row;
    return {
      ...facts,
      channelKind: channel?.kind ?? 'webhook',
      channelName: channel?.name ?? row.channelId,
      ...(suppressed
        ? { state: 'suppressed', because: suppressed.because }
        : gone
          ? { state: 'dead', because: GONE }
          : held
            ? { state: 'held', because: held.because }
            : { state: 'waiting', because: null }),
    };
  });
  return insertDeliveries(sql, planned, now);
}

/** Why a delivery of a removed channel is dead. */
export const GONE = 'There is no such channel any more.';

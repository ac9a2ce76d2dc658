import type { Sql } from '@/lib/db/sql';
import { appendJournal } from '@/lib/journal/append';
import type { JournalActor } from '@/lib/kernel/actor';
import { requestError } from '@/lib/kernel/errors';
import { findDelivery, reviveDelivery } from '../store/read-deliveries';

/**
 * Lets a dead letter be tried again, from the first try on, under the same id, so that a receiver who has it after all can tell.
 * Throws `not_found`, and `conflict` for what is not dead.
 */
export async function replayDelivery(
  sql: Sql,
  replay: {
    readonly id: string;
    /** Whose rows the actor may touch; `installation`: also those of no organisation. */
    readonly orgIds: readonly string[];
    readonly installation: boolean;
  },
  by: { readonly actor: JournalActor; readonly now: Date },
): Promise<void> {
  const delivery = await findDelivery(sql, replay.id);
  const mine =
    delivery !== null &&
    (delivery.orgId === null ? replay.installation : replay.orgIds.includes(delivery.orgId));
  if (delivery === null || !mine)
    throw requestError('not_found', 'cannot replay the delivery: there is none with this id');
  if (!(await reviveDelivery(sql, replay.id, by.now))) {
    throw requestError('conflict', `cannot replay the delivery: it is ${delivery.state}, not dead`, {
      hint: 'Only dead letters are replayed.',
    });
  }
  await appendJournal(sql, {
    actor: by.actor,
    action: 'delivery.replayed',
    objectType: 'delivery',
    objectId: replay.id,
    orgId: delivery.orgId,
    detail: { channelId: delivery.channelId, alertId: delivery.alertId, because: delivery.because },
    at: by.now,
  });
}

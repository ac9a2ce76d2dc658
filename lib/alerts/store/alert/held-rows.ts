import type { Sql } from '@/lib/db/sql';
import type { Message } from '../../model/message';

/** A delivery kept back whose time has come. */
export type HeldDelivery = {
  readonly id: string;
  readonly orgId: string | null;
  readonly channelId: string;
  readonly message: Message;
};

/** Held deliveries whose time has come, by channel and organisation, the oldest first; locked for the transaction. */
export function dueHeld(sql: Sql, now: Date): Promise<HeldDelivery[]> {
  return sql.query<HeldDelivery>(
    `select id, org_id::text as "orgId", channel_id as "channelId", message from delivery
     where state = 'held' and not_before <= $1 order by channel_id, org_id, received_at, id limit 2000 for update`,
    [now],
  );
}

import type { Sql } from '@/lib/db/sql';
import { HEALTHY, type Health } from '../model/channel-health';

export type HealthRow = Health & {
  readonly lastDeliveredAt: Date | null;
  readonly lastFailureAt: Date | null;
  readonly lastFailure: string | null;
};

type Stored = HealthRow & { readonly channelId: string };

const COLUMNS = `channel_id as "channelId", failures, open_until as "openUntil", last_delivered_at as "lastDeliveredAt",
  last_failure_at as "lastFailureAt", last_failure as "lastFailure"`;

export async function readHealth(sql: Sql, channelId: string): Promise<Health> {
  const rows = await sql.query<Stored>(`select ${COLUMNS} from channel_health where channel_id = $1`, [
    channelId,
  ]);
  return rows[0] ?? HEALTHY;
}

export async function readAllHealth(sql: Sql): Promise<Map<string, HealthRow>> {
  const rows = await sql.query<Stored>(`select ${COLUMNS} from channel_health`);
  return new Map(rows.map((row) => [row.channelId, row]));
}

/** Requires the channel's lock, since it is made of what was read before. */
export async function keepHealth(
  sql: Sql,
  of: {
    readonly channelId: string;
    readonly health: Health;
    readonly at: Date;
    /** Null: it was delivered. */
    readonly failure: string | null;
  },
): Promise<void> {
  await sql.query(
    `insert into channel_health as h (channel_id, failures, open_until, last_delivered_at, last_failure_at, last_failure)
     values ($1, $2, $3, case when $5::text is null then $4::timestamptz end, case when $5::text is not null then $4::timestamptz end, $5)
     on conflict (channel_id) do update set failures = excluded.failures, open_until = excluded.open_until,
       last_delivered_at = coalesce(excluded.last_delivered_at, h.last_delivered_at),
       last_failure_at = coalesce(excluded.last_failure_at, h.last_failure_at),
       last_failure = coalesce(excluded.last_failure, h.last_failure)`,
    [of.channelId, of.health.failures, of.health.openUntil, of.at, of.failure],
  );
}

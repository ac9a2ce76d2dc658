import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import { toIsoMs } from '@/lib/kernel/instant';
import type { ChannelKind, Purpose } from '../contract/deliveries';
import type { Message } from '../model/message';
import type { Next } from '../model/next-try';

/** A delivery that a worker holds. */
export type Claimed = {
  readonly id: string;
  readonly orgId: string | null;
  readonly alertId: string | null;
  readonly channelId: string;
  readonly channelKind: ChannelKind;
  readonly purpose: Purpose;
  readonly message: Message;
  readonly plannedAt: Date;
  /** Set on what another worker began to send and never noted. */
  readonly sendingSince: Date | null;
  readonly attempts: number;
  readonly unknowns: number;
};

export type Receipt = { readonly number: string; readonly url: string | null };

const FACTS = `org_id as "orgId", alert_id as "alertId", channel_id as "channelId", channel_kind as "channelKind", purpose, message,
  received_at as "plannedAt", sending_since as "sendingSince", attempts, unknowns`;
const COLUMNS = `id, ${FACTS}`;
const FREE = '(claimed_until is null or claimed_until <= $1)';

/** Channels that something can be sent to now, leaving out paused ones and those left alone for a while. */
export async function dueChannels(sql: Sql, now: Date): Promise<{ channelId: string; kind: ChannelKind }[]> {
  return sql.query(
    `select d.channel_id as "channelId", min(d.channel_kind) as kind from delivery d
     left join channel c on c.id = d.channel_id left join channel_health h on h.channel_id = d.channel_id
     where d.state = 'waiting' and d.next_at <= $1 and (d.claimed_until is null or d.claimed_until <= $1)
       and (c.id is null or c.state <> 'paused' or c.removed_at is not null) and (h.open_until is null or h.open_until <= $1)
     group by d.channel_id order by min(d.next_at), d.channel_id`,
    [now],
  );
}

/** When the next delivery of a channel that is neither paused nor left alone beyond it comes due; null when none waits. */
export async function nextDueAt(sql: Sql): Promise<Date | null> {
  const rows = await sql.query<{ at: Date | null }>(
    `select min(greatest(d.next_at, d.claimed_until, h.open_until)) as at from delivery d
     left join channel c on c.id = d.channel_id left join channel_health h on h.channel_id = d.channel_id
     where d.state = 'waiting' and (c.id is null or c.state <> 'paused' or c.removed_at is not null)`,
  );
  return rows[0]?.at ?? null;
}

/** Holds the channel's bound together: claims of one channel are made one after the other. Within a transaction. */
export async function lockChannel(sql: Sql, channelId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.channel:' || $1, 0))`, [
    channelId,
  ]);
}

/** How many deliveries of the channel any worker holds now. */
export async function countHeld(sql: Sql, channelId: string, now: Date): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `select count(*) as n from delivery where channel_id = $1 and state = 'waiting' and claimed_until > $2`,
    [channelId, now],
  );
  return rows[0]?.n ?? 0;
}

/** What was being sent when its worker went away. */
export async function findInterrupted(sql: Sql, channelId: string, now: Date): Promise<Claimed[]> {
  return sql.query<Claimed>(
    `select ${COLUMNS} from delivery where channel_id = $2 and state = 'waiting' and sending_since is not null and claimed_until <= $1
     order by next_at, id limit 100 for update skip locked`,
    [now, channelId],
  );
}

export type Claim = { readonly token: string; readonly until: Date; readonly now: Date };

/** Takes the channel's next due deliveries. */
export async function claimDue(
  sql: Sql,
  { token, until, now }: Claim,
  of: { readonly channelId: string; readonly limit: number },
): Promise<Claimed[]> {
  const rows = await sql.query<Claimed>(
    `with taken as (
       select id from delivery where channel_id = $2 and state = 'waiting' and next_at <= $1 and ${FREE}
       order by next_at, id limit $3 for update skip locked)
     update delivery d set claim = $4, claimed_until = $5 from taken where d.id = taken.id
     returning d.id, ${FACTS}`,
    [now, of.channelId, of.limit, token, until],
  );
  return rows.sort((left, right) => (left.id < right.id ? -1 : 1));
}

/** Takes this very delivery, however its channel stands. */
export async function claimOne(sql: Sql, { token, until, now }: Claim, id: string): Promise<Claimed | null> {
  const rows = await sql.query<Claimed>(
    `update delivery set claim = $3, claimed_until = $4 where id = $2 and state = 'waiting' and ${FREE} returning ${COLUMNS}`,
    [now, id, token, until],
  );
  return rows[0] ?? null;
}

/** Notes, before the first byte leaves, that it is being sent. Null when the claim is not ours any more. */
export async function beginSending(
  sql: Sql,
  { id, token, at }: { id: string; token: string; at: Date },
): Promise<{ attempts: number; unknowns: number } | null> {
  const rows = await sql.query<{ attempts: number; unknowns: number }>(
    `update delivery set sending_since = $3, attempts = attempts + 1
     where id = $1 and claim = $2 and state = 'waiting' returning attempts, unknowns`,
    [id, token, at],
  );
  return rows[0] ?? null;
}

/** Gives back what was claimed and not sent. */
export async function releaseClaims(sql: Sql, token: string): Promise<void> {
  await sql.query(
    `update delivery set claim = null, claimed_until = null where claim = $1 and sending_since is null`,
    [token],
  );
}

/** Sets what became of a delivery. `token`: only while the claim is ours; a yes counts in any case. */
export async function settle(
  sql: Sql,
  of: {
    readonly id: string;
    readonly token: string | null;
    readonly next: Next;
    readonly unknowns: number;
    readonly at: Date;
    readonly because: string | null;
    readonly receipt: Receipt | null;
  },
): Promise<boolean> {
  const { next } = of;
  const rows = await sql.query(
    next.state === 'delivered'
      ? `update delivery set state = 'delivered', delivered_at = $2, because = $3, receipt = $4, next_at = null, unknowns = $5,
           claim = null, claimed_until = null, sending_since = null
         where id = $1 and state <> 'delivered' returning id`
      : `update delivery set state = $2, because = $3, next_at = $4, unknowns = $5, claim = null, claimed_until = null, sending_since = null
         where id = $1 and state = 'waiting' and ($6::text is null or claim = $6) returning id`,
    next.state === 'delivered'
      ? [of.id, of.at, of.because, of.receipt === null ? null : JSON.stringify(of.receipt), of.unknowns]
      : [
          of.id,
          next.state,
          next.because,
          next.state === 'waiting' ? next.nextAt : null,
          of.unknowns,
          of.token,
        ],
  );
  return rows.length > 0;
}

export type Attempt = {
  readonly deliveryId: string;
  readonly orgId: string | null;
  readonly at: Date;
  readonly outcome: 'delivered' | 'again' | 'refused' | 'unknown';
  readonly status: number | null;
  readonly because: string | null;
  readonly durationMs: number | null;
};

/** Appends one try. */
export async function appendAttempt(sql: Sql, attempt: Attempt, now: Date): Promise<void> {
  const id = newId('attempt', attempt.at);
  const body = canonicalJson({ id, ...attempt, at: toIsoMs(attempt.at) });
  const { salt, leafHash } = sealable({
    kind: 'delivery_attempt',
    orgId: attempt.orgId,
    factId: id,
    receivedAt: now,
    bytes: body,
  });
  await sql.query(
    `insert into delivery_attempt (id, delivery_id, org_id, at, outcome, status, because, duration_ms, received_at, body, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      id,
      attempt.deliveryId,
      attempt.orgId,
      attempt.at,
      attempt.outcome,
      attempt.status,
      attempt.because,
      attempt.durationMs,
      now,
      body,
      salt,
      leafHash,
    ],
  );
}

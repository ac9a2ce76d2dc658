import type { Sql } from '@/lib/db/sql';
import { sealable } from '@/lib/kernel/hash';
import { newId } from '@/lib/kernel/ids';
import type { Envelope } from '../../model/push/envelope';

export const SPOOL_LEAF_KIND = 'push_spool';

/** An event as it was handed in, with what was made of it at once. */
export type SpooledEvent = {
  readonly orgId: string | null;
  readonly envelope: Envelope;
  readonly bytes: Buffer;
  /** The audit id and the time of its event, where they can be read. */
  readonly sourceId: string | null;
  readonly eventDate: Date | null;
  readonly verdict: 'kept' | 'filtered' | 'unreadable' | 'foreign';
  readonly reason: string | null;
  readonly matchSetting: string | null;
};

/** Keeps events, in their order. */
export async function spoolEvents(
  sql: Sql,
  events: readonly SpooledEvent[],
  receivedAt: Date,
): Promise<void> {
  if (events.length === 0) return;
  const rows = events.map((event) => {
    const id = newId('pushed', receivedAt);
    const seal = sealable({
      kind: SPOOL_LEAF_KIND,
      orgId: event.orgId,
      factId: id,
      receivedAt,
      bytes: event.bytes,
    });
    return { ...event, id, seal };
  });
  const column = <T>(of: (row: (typeof rows)[number]) => T): T[] => rows.map(of);
  await sql.query(
    `insert into push_spool (id, org_id, claimed_org, envelope_id, detail_type, source_id, event_date, verdict, reason, match_setting, bytes,
       byte_length, sha256, salt, leaf_hash, received_at)
     select x.*, $15 from unnest($1::text[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::text[],
       $10::text[], $11::bytea[], $12::integer[], $13::bytea[], $14::bytea[], $16::bytea[]) as x`,
    [
      column((row) => row.id),
      column((row) => row.orgId),
      column((row) => row.envelope.orgId),
      column((row) => row.envelope.id),
      column((row) => row.envelope.detailType),
      column((row) => row.sourceId),
      column((row) => row.eventDate),
      column((row) => row.verdict),
      column((row) => row.reason),
      column((row) => row.matchSetting),
      column((row) => row.bytes),
      column((row) => row.bytes.length),
      column((row) => row.seal.sha256),
      column((row) => row.seal.salt),
      receivedAt,
      column((row) => row.seal.leafHash),
    ],
  );
}

export type WaitingEvent = {
  readonly seq: number;
  readonly bytes: Buffer;
  readonly receivedAt: Date;
  /** The whole body of a request, in which no event can be told from another. */
  readonly wholeBody: boolean;
};

/** Why the body of a request stands as one event. */
export const WHOLE_BODY = 'page_unreadable';

/** Organisations that have events waiting to be packed; a paused one is left alone. */
export async function organizationsWaiting(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ orgId: string }>(
    `select distinct s.org_id as "orgId" from push_spool s join org o on o.org_id = s.org_id and o.state = 'active'
     where s.taken_at is null and s.verdict in ('kept', 'unreadable') order by 1`,
  );
  return rows.map((row) => row.orgId);
}

/** The oldest waiting events of an organisation, up to so many and so many bytes, and at least one if there is one. */
export async function waitingEvents(
  sql: Sql,
  of: { readonly orgId: string; readonly events: number; readonly bytes: number },
): Promise<WaitingEvent[]> {
  return sql.query<WaitingEvent>(
    `select seq, bytes, received_at as "receivedAt", coalesce(reason = $4, false) as "wholeBody"
     from push_spool where seq = any (
       select seq from (
         select seq, sum(byte_length) over (order by seq) as total, row_number() over (order by seq) as n from (
           select seq, byte_length from push_spool
           where org_id = $1 and taken_at is null and verdict in ('kept', 'unreadable') order by seq limit $2
         ) oldest
       ) counted where total <= $3 or n = 1
     ) order by seq`,
    [of.orgId, of.events, of.bytes, WHOLE_BODY],
  );
}

/** Where an event lies since it was packed. */
export type Packed = { readonly seq: number; readonly pageId: string; readonly offset: number };

/** Notes events as packed and lets their bytes go; the page holds them. */
export async function markTaken(sql: Sql, packed: readonly Packed[], at: Date): Promise<void> {
  await sql.query(
    `update push_spool s set taken_at = $4, page_id = x.page_id, byte_offset = x.byte_offset, bytes = null
     from unnest($1::bigint[], $2::text[], $3::integer[]) as x (seq, page_id, byte_offset)
     where s.seq = x.seq and s.taken_at is null`,
    [packed.map((one) => one.seq), packed.map((one) => one.pageId), packed.map((one) => one.offset), at],
  );
}

export type SpoolCounts = {
  readonly orgId: string;
  readonly kept: number;
  readonly filtered: number;
  readonly unreadable: number;
  readonly waiting: number;
  readonly lastAt: Date | null;
};

/** What came since an instant, by what was made of it. */
export async function spoolCounts(sql: Sql, orgIds: readonly string[], since: Date): Promise<SpoolCounts[]> {
  return sql.query<SpoolCounts>(
    `select org_id as "orgId", count(*) filter (where verdict = 'kept') as kept, count(*) filter (where verdict = 'filtered') as filtered,
       count(*) filter (where verdict = 'unreadable') as unreadable,
       count(*) filter (where taken_at is null and verdict in ('kept', 'unreadable')) as waiting, max(received_at) as "lastAt"
     from push_spool where org_id = any ($1::uuid[]) and received_at >= $2 group by org_id`,
    [orgIds, since],
  );
}

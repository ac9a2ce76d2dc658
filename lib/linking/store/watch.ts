import type { TicketSystem } from '@/lib/connectors/model/ticket';
import type { Sql } from '@/lib/db/sql';

/** How far a source's tickets have been followed and re-read. */
export type Watch = {
  readonly followedTo: Date | null;
  /** Key the sweep has come to; null when none is under way. */
  readonly sweptTo: string | null;
  readonly sweptAt: Date | null;
  readonly failedAt: Date | null;
  readonly because: string | null;
};

const NOTHING: Watch = { followedTo: null, sweptTo: null, sweptAt: null, failedAt: null, because: null };

type Place = { readonly orgId: string; readonly system: TicketSystem };

/** The watch of a source as it stands. */
export async function readWatch(sql: Sql, { orgId, system }: Place): Promise<Watch> {
  const rows = await sql.query<Watch>(
    `select followed_to as "followedTo", swept_to as "sweptTo", swept_at as "sweptAt", failed_at as "failedAt", because
     from ticket_watch where org_id = $1 and system = $2`,
    [orgId, system],
  );
  return rows[0] ?? NOTHING;
}

/** Moves the watermark of updates on; never back. */
export async function followedTo(sql: Sql, { orgId, system }: Place, at: Date): Promise<void> {
  await sql.query(
    `insert into ticket_watch as w (org_id, system, followed_to) values ($1, $2, $3)
     on conflict (org_id, system) do update set followed_to = greatest(w.followed_to, excluded.followed_to), failed_at = null, because = null`,
    [orgId, system, at],
  );
}

/** Notes that the source could not be asked, and since when. */
export async function couldNotFollow(
  sql: Sql,
  { orgId, system }: Place,
  failure: { readonly at: Date; readonly because: string },
): Promise<void> {
  await sql.query(
    `insert into ticket_watch as w (org_id, system, failed_at, because) values ($1, $2, $3, $4)
     on conflict (org_id, system) do update set failed_at = coalesce(w.failed_at, excluded.failed_at), because = excluded.because`,
    [orgId, system, failure.at, failure.because],
  );
}

/** Moves the sweep on; `to` null: it came to the end at `endedAt`. */
export async function sweptTo(
  sql: Sql,
  { orgId, system }: Place,
  place: { readonly to: string } | { readonly to: null; readonly endedAt: Date },
): Promise<void> {
  await sql.query(
    `insert into ticket_watch as w (org_id, system, swept_to, swept_at) values ($1, $2, $3, $4)
     on conflict (org_id, system) do update set swept_to = excluded.swept_to, swept_at = coalesce(excluded.swept_at, w.swept_at)`,
    [orgId, system, place.to, place.to === null ? place.endedAt : null],
  );
}

/** The first time any citation of the system was looked up: what moved before was read as it was then. */
export async function firstLookedUp(sql: Sql, { orgId, system }: Place): Promise<Date | null> {
  const rows = await sql.query<{ at: Date | null }>(
    'select min(looked_up_at) as at from ticket_lookup where org_id = $1 and system = $2',
    [orgId, system],
  );
  return rows[0]?.at ?? null;
}

/** The next keys that were looked up before and are cited by changes from the instant on, in order, after `after`. */
export async function keysToSweep(
  sql: Sql,
  asked: Place & { readonly from: Date; readonly after: string; readonly limit: number },
): Promise<string[]> {
  const rows = await sql.query<{ key: string }>(
    `select key from ticket_lookup l
     where org_id = $1 and system = $2 and key > $3 and outcome is not null
       and exists (select from change_citation c where c.org_id = $1 and c.kind = $2 and c.reference = l.key and c.event_date >= $4)
     order by key limit $5`,
    [asked.orgId, asked.system, asked.after, asked.from, asked.limit],
  );
  return rows.map((row) => row.key);
}

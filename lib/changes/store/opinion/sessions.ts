import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';

/** Sets `session_id` where it differs. Rows are locked in key order first, so that two writers never wait for each other in a ring. */
export async function writeSessions(
  sql: Sql,
  orgId: string,
  sessions: readonly {
    readonly changeId: string;
    readonly eventDate: Date;
    readonly sessionId: string | null;
  }[],
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `with told as (
       select * from unnest($2::text[], $3::timestamptz[], $4::text[]) as t (id, event_date, session_id)
     ), held as (
       select c.event_date, c.id, t.session_id from told t join change c on c.event_date = t.event_date and c.id = t.id and c.org_id = $1
       where c.session_id is distinct from t.session_id
       order by c.event_date, c.id for no key update of c
     ), done as (
       update change c set session_id = h.session_id from held h
       where c.event_date = h.event_date and c.id = h.id and c.org_id = $1 returning 1
     )
     select count(*) as n from done`,
    [
      orgId,
      sessions.map((one) => one.changeId),
      sessions.map((one) => one.eventDate),
      sessions.map((one) => one.sessionId),
    ],
  );
  return rows[0]?.n ?? 0;
}

/** Gives the rows of one session within a closed range to another, or to none. */
export async function moveSessionRows(
  sql: Sql,
  move: {
    readonly orgId: string;
    readonly from: string;
    readonly to: string | null;
    readonly within: Interval;
  },
): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    `with held as (
       select c.event_date, c.id from change c
       where c.org_id = $1 and c.session_id = $2 and c.event_date between $4 and $5
       order by c.event_date, c.id for no key update of c
     ), done as (
       update change c set session_id = $3 from held h
       where c.event_date = h.event_date and c.id = h.id and c.org_id = $1 returning 1
     )
     select count(*) as n from done`,
    [move.orgId, move.from, move.to, move.within.from, move.within.to],
  );
  return rows[0]?.n ?? 0;
}

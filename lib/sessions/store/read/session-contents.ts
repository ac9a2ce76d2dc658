import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { SessionRow } from './session-list';

type Known = Pick<SessionRow, 'orgId' | 'id' | 'firstAt' | 'lastAt'>;

/** Each session asked for with itself and what is nested in it, as (org_id, top, part). Takes `$1` orgs and `$2` ids. */
const MEMBERS = `asked as (select * from unnest($1::uuid[], $2::text[]) as a (org_id, top)),
  member as (
    select org_id, top, top as part from asked
    union all select a.org_id, a.top, s.id from asked a join session s on s.org_id = a.org_id and s.parent_id = a.top
  )`;
const asked = (sessions: readonly Known[]): readonly unknown[] => [
  sessions.map((one) => one.orgId),
  sessions.map((one) => one.id),
];

export type PartRow = {
  readonly top: string;
  readonly service: string;
  readonly entityType: string;
  readonly action: string;
  readonly n: number;
  readonly maxRisk: number;
};

/** How often each kind of act occurs in the sessions, nested ones included; the commonest first. */
export async function partsOf(sql: Sql, sessions: readonly Known[]): Promise<PartRow[]> {
  if (sessions.length === 0) return [];
  return sql.query<PartRow>(
    `with ${MEMBERS}
     select m.top, p.service, p.entity_type as "entityType", p.action, sum(p.n)::int8 as n, max(p.risk) as "maxRisk"
     from member m join session_part p on p.org_id = m.org_id and p.session_id = m.part
     group by 1, 2, 3, 4 order by 5 desc, 6 desc, 2, 3, 4`,
    asked(sessions),
  );
}

export type Surfaced = {
  readonly top: string;
  readonly orgId: string;
  readonly id: string;
  readonly eventDate: Date;
};

/** The riskiest and then earliest children of high or critical risk of each session. */
export async function surfacedIn(sql: Sql, sessions: readonly Known[], limit: number): Promise<Surfaced[]> {
  if (sessions.length === 0) return [];
  return sql.query<Surfaced>(
    `with ${MEMBERS}, bounds as (select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[]) as b (org_id, top, first_at, last_at))
     select b.top, b.org_id as "orgId", x.id, x.event_date as "eventDate"
     from bounds b cross join lateral (
       select c.id, c.event_date, c.risk from change c
       where c.org_id = b.org_id and c.event_date >= b.first_at and c.event_date <= b.last_at and c.risk >= 3
         and c.session_id in (select m.part from member m where m.org_id = b.org_id and m.top = b.top)
       order by c.risk desc, c.event_date, c.id limit $5
     ) x order by b.top, x.risk desc, x.event_date, x.id`,
    [...asked(sessions), sessions.map((one) => one.firstAt), sessions.map((one) => one.lastAt), limit],
  );
}

/** The session itself and those nested in it. */
export async function membersOf(sql: Sql, session: Known): Promise<string[]> {
  const rows = await sql.query<{ part: string }>(`with ${MEMBERS} select part from member`, asked([session]));
  return rows.map((row) => row.part);
}

/** Children counted one by one, by steps of time from the first on. */
export async function countedChildren(
  sql: Sql,
  session: Known,
  step: { readonly seconds: number; readonly ids: readonly string[] },
): Promise<{ step: number; n: number }[]> {
  return sql.query<{ step: number; n: number }>(
    `select floor(extract(epoch from c.event_date - $3::timestamptz) / $5)::int as step, count(*) as n from change c
     where c.org_id = $1 and c.session_id = any ($2::text[]) and c.event_date >= $3 and c.event_date <= $4 group by 1 order by 1`,
    [session.orgId, step.ids, session.firstAt, session.lastAt, step.seconds],
  );
}

/** Children counted anywhere, whatever the session's own first and last say. */
export async function countChildren(sql: Sql, orgId: string, ids: readonly string[]): Promise<number> {
  const rows = await sql.query<{ n: number }>(
    'select count(*) as n from change where org_id = $1 and session_id = any ($2::text[])',
    [orgId, ids],
  );
  return rows[0]?.n ?? 0;
}

/** Which session an id of one means now: itself, or the one that took it up; null when there is none. */
export async function currentId(sql: Sql, id: string): Promise<string | null> {
  const rows = await sql.query<{ id: string }>(
    `select s.id from session s where s.id = $1
     union all
     select s.id from session_former f join session s on s.org_id = f.org_id and s.id = f.current_id where f.former_id = $1
     limit 1`,
    [id],
  );
  return rows[0]?.id ?? null;
}

export type SessionCounts = {
  readonly bulkTasks: number;
  readonly cascades: number;
  readonly inSessions: number;
  readonly all: number;
};

/** Counts of a period; whole hours come from what is counted already, its ragged ends from the changes. */
export async function countSessions(
  sql: Sql,
  asked: {
    readonly from: Date | null;
    readonly to: Date | null;
    readonly hours: Interval | null;
    readonly ends: readonly Interval[];
    readonly orgIds: readonly string[] | null;
  },
): Promise<SessionCounts> {
  const { from, to, hours, ends, orgIds } = asked;
  const sessions = await sql.query<{ kind: string; n: number }>(
    `select kind, count(*) as n from session where parent_id is null and ($1::timestamptz is null or last_at >= $1) and ($2::timestamptz is null or first_at < $2)
       and ($3::uuid[] is null or org_id = any ($3)) group by 1`,
    [from, to, orgIds],
  );
  let inSessions = 0;
  let all = 0;
  if (hours !== null) {
    const rows = await sql.query<{ in_sessions: number; total: number }>(
      `select (select coalesce(sum(n), 0)::int8 from session_part where hour >= $1 and hour < $2 and ($3::uuid[] is null or org_id = any ($3))) as in_sessions,
         (select coalesce(sum(n), 0)::int8 from ru_hour where bucket >= $1 and bucket < $2 and ($3::uuid[] is null or org_id = any ($3))) as total`,
      [hours.from, hours.to, orgIds],
    );
    inSessions += rows[0]?.in_sessions ?? 0;
    all += rows[0]?.total ?? 0;
  }
  for (const end of ends) {
    const rows = await sql.query<{ in_sessions: number; total: number }>(
      `select count(session_id) as in_sessions, count(*) as total from change
       where event_date >= $1 and event_date < $2 and ($3::uuid[] is null or org_id = any ($3))`,
      [end.from, end.to, orgIds],
    );
    inSessions += rows[0]?.in_sessions ?? 0;
    all += rows[0]?.total ?? 0;
  }
  const ofKind = (kind: string): number => sessions.find((row) => row.kind === kind)?.n ?? 0;
  return { bulkTasks: ofKind('bulk'), cascades: ofKind('cascade'), inSessions, all };
}

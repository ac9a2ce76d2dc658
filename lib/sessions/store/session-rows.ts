import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { SessionKind, SessionRule } from '../contract';
import type { Place } from '../model/find-runs';

/** What a session is, without its sums. Owner and client are those of its anchor. */
export type SessionDefinition = {
  readonly id: string;
  readonly kind: SessionKind;
  readonly rule: SessionRule;
  readonly ruleKey: string | null;
  readonly anchor: Place;
  /** `undefined` leaves it as it is. */
  readonly parentId: string | null | undefined;
  readonly step: Place | null;
  readonly steps: number;
};

const DEFINED = [
  'kind',
  'rule',
  'rule_key',
  'anchor_id',
  'anchor_at',
  'owner_kind',
  'owner_id',
  'owner_name',
  'client_id',
  'client_name',
  'parent_id',
  'step_id',
  'step_at',
  'steps',
] as const;
const list = (prefix: string): string => DEFINED.map((name) => `${prefix}${name}`).join(', ');

/** Keeps what sessions are; returns the ids of those that are new or other. */
export async function keepSessions(
  sql: Sql,
  orgId: string,
  kept: { readonly sessions: readonly SessionDefinition[]; readonly now: Date },
): Promise<string[]> {
  if (kept.sessions.length === 0) return [];
  const rows = await sql.query<{ id: string }>(
    `insert into session as s (org_id, id, ${DEFINED.join(', ')}, first_at, last_at, updated_at)
     select $1, d.id, d.kind, d.rule, d.rule_key, d.anchor_id, d.anchor_at, c.actor_kind, c.actor_id, c.actor_label, c.client_id, c.names -> c.client_id ->> 'name',
       case when d.keeps_parent then (select o.parent_id from session o where o.org_id = $1 and o.id = d.id) else d.parent_id end,
       d.step_id, d.step_at, d.steps, c.event_date, c.event_date, $3
     from json_to_recordset($2) as d (id text, kind text, rule text, rule_key text, anchor_id text, anchor_at timestamptz, parent_id text, keeps_parent boolean,
       step_id text, step_at timestamptz, steps integer)
     join change c on c.event_date = d.anchor_at and c.id = d.anchor_id and c.org_id = $1
     on conflict (org_id, id) do update set ${DEFINED.map((name) => `${name} = excluded.${name}`).join(', ')}, updated_at = excluded.updated_at
     where (${list('s.')}) is distinct from (${list('excluded.')})
     returning s.id`,
    [
      orgId,
      JSON.stringify(
        kept.sessions.map((one) => ({
          id: one.id,
          kind: one.kind,
          rule: one.rule,
          rule_key: one.ruleKey,
          anchor_id: one.anchor.id,
          anchor_at: one.anchor.at,
          parent_id: one.parentId ?? null,
          keeps_parent: one.parentId === undefined,
          step_id: one.step?.id ?? null,
          step_at: one.step?.at ?? null,
          steps: one.steps,
        })),
      ),
      kept.now,
    ],
  );
  return rows.map((row) => row.id);
}

/** Gives cascades their parents. */
export async function adoptCascades(
  sql: Sql,
  orgId: string,
  adopted: readonly { readonly cascadeId: string; readonly parentId: string | null }[],
): Promise<void> {
  if (adopted.length === 0) return;
  await sql.query(
    `update session s set parent_id = a.parent_id from unnest($2::text[], $3::text[]) as a (id, parent_id)
     where s.org_id = $1 and s.id = a.id and s.parent_id is distinct from a.parent_id`,
    [orgId, adopted.map((one) => one.cascadeId), adopted.map((one) => one.parentId)],
  );
}

/** Gives the cascades that are steps of one bulk task within a closed range to another, or to none. */
export async function moveCascades(
  sql: Sql,
  orgId: string,
  move: { readonly from: string; readonly to: string | null; readonly within: Interval },
): Promise<void> {
  await sql.query(
    `update session set parent_id = $3 where org_id = $1 and parent_id = $2 and step_at between $4 and $5`,
    [orgId, move.from, move.to, move.within.from, move.within.to],
  );
}

/** Drops sessions that are no more. */
export async function dropSessions(sql: Sql, orgId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    `with parts as (delete from session_part where org_id = $1 and session_id = any ($2::text[]))
     delete from session where org_id = $1 and id = any ($2::text[])`,
    [orgId, ids],
  );
}

const PART_COLUMNS =
  'org_id, session_id, hour, service, entity_type, action, risk, linkage, accountable, n, first_at, last_at';
const PART_GROUP =
  'c.service, c.entity_type, c.action, c.risk, c.linkage, c.accountable, count(*), min(c.event_date), max(c.event_date)';

/** Counts anew what sessions have in the range, and in single hours elsewhere. */
export async function countParts(
  sql: Sql,
  orgId: string,
  where: {
    readonly range: Interval;
    readonly touched: readonly { readonly sessionId: string; readonly hour: Date }[];
  },
): Promise<void> {
  const { range, touched } = where;
  await sql.query('delete from session_part where org_id = $1 and hour >= $2 and hour < $3', [
    orgId,
    range.from,
    range.to,
  ]);
  await sql.query(
    `insert into session_part (${PART_COLUMNS})
     select $1, c.session_id, date_trunc('hour', c.event_date, 'UTC'), ${PART_GROUP}
     from change c join session s on s.org_id = c.org_id and s.id = c.session_id
     where c.org_id = $1 and c.event_date >= $2 and c.event_date < $3
     group by 2, 3, 4, 5, 6, 7, 8, 9`,
    [orgId, range.from, range.to],
  );
  if (touched.length === 0) return;
  const pairs = [touched.map((one) => one.sessionId), touched.map((one) => one.hour)];
  await sql.query(
    `delete from session_part p using unnest($2::text[], $3::timestamptz[]) as t (session_id, hour)
     where p.org_id = $1 and p.session_id = t.session_id and p.hour = t.hour`,
    [orgId, ...pairs],
  );
  await sql.query(
    `insert into session_part (${PART_COLUMNS})
     select $1, t.session_id, t.hour, ${PART_GROUP}
     from unnest($2::text[], $3::timestamptz[]) as t (session_id, hour)
     join session s on s.org_id = $1 and s.id = t.session_id
     join change c on c.session_id = t.session_id and c.event_date >= t.hour and c.event_date < t.hour + interval '1 hour'
     where c.org_id = $1
     group by 2, 3, 4, 5, 6, 7, 8, 9`,
    [orgId, ...pairs],
  );
}

const SUMMED =
  'first_at, last_at, changes, accountable, max_risk, surfaced, linked, late_approval, outside_window, mismatch, unlinked, not_applicable, nested';

/** Sums the sessions, and those they are nested in, from their parts; returns the ids of those that came to something else. */
export async function sumSessions(
  sql: Sql,
  orgId: string,
  summed: { readonly ids: readonly string[]; readonly now: Date },
): Promise<string[]> {
  if (summed.ids.length === 0) return [];
  const names = SUMMED.split(', ');
  const linkage = (name: string): string =>
    `coalesce(sum(p.n) filter (where p.linkage = '${name}'), 0)::int8 as ${name}`;
  const rows = await sql.query<{ id: string }>(
    `with wanted as (
       select s.id from session s where s.org_id = $1 and s.id = any ($2::text[])
       union select s.parent_id from session s where s.org_id = $1 and s.id = any ($2::text[]) and s.parent_id is not null
     ), member as (
       select w.id as top, w.id as part from wanted w
       union all select s.parent_id, s.id from session s where s.org_id = $1 and s.parent_id in (select id from wanted)
     ), sums as (
       select m.top as id, min(p.first_at) as first_at, max(p.last_at) as last_at, sum(p.n)::int8 as changes, coalesce(sum(p.n) filter (where p.accountable), 0)::int8 as accountable,
         max(p.risk) as max_risk, coalesce(sum(p.n) filter (where p.risk >= 3), 0)::int8 as surfaced,
         ${['linked', 'late_approval', 'outside_window', 'mismatch', 'unlinked', 'not_applicable'].map(linkage).join(', ')},
         (count(distinct m.part) - 1)::int as nested
       from member m join session_part p on p.org_id = $1 and p.session_id = m.part group by m.top
     )
     update session s set ${names.map((name) => `${name} = u.${name}`).join(', ')}, updated_at = $3
     from sums u where s.org_id = $1 and s.id = u.id
       and (${names.map((name) => `s.${name}`).join(', ')}) is distinct from (${names.map((name) => `u.${name}`).join(', ')})
     returning s.id`,
    [orgId, summed.ids, summed.now],
  );
  return rows.map((row) => row.id);
}

/** Drops all sessions of an organisation; its changes still name them until they are grouped anew. */
export async function dropAllSessions(sql: Sql, orgId: string): Promise<void> {
  for (const table of ['session_part', 'session_stretch', 'session'])
    await sql.query(`delete from ${table} where org_id = $1`, [orgId]);
}

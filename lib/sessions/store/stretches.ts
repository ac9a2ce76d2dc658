import type { Sql } from '@/lib/db/sql';
import type { Interval } from '@/lib/kernel/instant';
import type { Stretch } from '../model/find-runs';
import { streamOf } from '../model/light-change';

type Row = {
  session_id: string;
  hour: Date;
  steps: number;
  first_at: Date;
  first_id: string;
  last_at: Date;
  direct_at: Date | null;
  direct_id: string | null;
  owner_id: string | null;
  client_id: string | null;
};

/** The hours of bulk tasks that lie outside the range, each with the stream of its task. */
export async function stretchesOf(
  sql: Sql,
  orgId: string,
  asked: { readonly sessionIds: readonly string[]; readonly outside: Interval },
): Promise<(Stretch & { readonly stream: string })[]> {
  if (asked.sessionIds.length === 0) return [];
  const rows = await sql.query<Row>(
    `select t.session_id, t.hour, t.steps, t.first_at, t.first_id, t.last_at, t.direct_at, t.direct_id, s.owner_id, s.client_id
     from session_stretch t join session s on s.org_id = t.org_id and s.id = t.session_id
     where t.org_id = $1 and t.session_id = any ($2::text[]) and not (t.hour >= $3 and t.hour < $4)`,
    [orgId, asked.sessionIds, asked.outside.from, asked.outside.to],
  );
  return rows.flatMap((row) => {
    const stream = streamOf({ actorId: row.owner_id, clientId: row.client_id });
    if (stream === null) return [];
    return {
      kind: 'stretch' as const,
      stream,
      sessionId: row.session_id,
      hour: row.hour,
      steps: row.steps,
      first: { at: row.first_at, id: row.first_id },
      lastAt: row.last_at,
      direct:
        row.direct_at === null || row.direct_id === null ? null : { at: row.direct_at, id: row.direct_id },
    };
  });
}

/** Drops what bulk tasks came to in the range, in the hours they lost, and all of those that are gone. */
export async function dropStretches(
  sql: Sql,
  orgId: string,
  dropped: {
    readonly within: Interval;
    readonly left: readonly { readonly sessionId: string; readonly hour: Date }[];
    readonly gone: readonly string[];
  },
): Promise<void> {
  const { within, left, gone } = dropped;
  await sql.query(
    `delete from session_stretch where org_id = $1 and (hour >= $2 and hour < $3 or session_id = any ($4::text[]))`,
    [orgId, within.from, within.to, gone],
  );
  if (left.length === 0) return;
  await sql.query(
    `delete from session_stretch t using unnest($2::text[], $3::timestamptz[]) as l (session_id, hour)
     where t.org_id = $1 and t.session_id = l.session_id and t.hour = l.hour`,
    [orgId, left.map((one) => one.sessionId), left.map((one) => one.hour)],
  );
}

/** Keeps what bulk tasks come to by the hour. */
export async function keepStretches(sql: Sql, orgId: string, stretches: readonly Stretch[]): Promise<void> {
  if (stretches.length === 0) return;
  await sql.query(
    `insert into session_stretch as t (org_id, session_id, hour, steps, first_at, first_id, last_at, direct_at, direct_id)
     select $1, * from unnest($2::text[], $3::timestamptz[], $4::int[], $5::timestamptz[], $6::text[], $7::timestamptz[], $8::timestamptz[], $9::text[])
     on conflict (org_id, session_id, hour) do update set steps = excluded.steps, first_at = excluded.first_at, first_id = excluded.first_id,
       last_at = excluded.last_at, direct_at = excluded.direct_at, direct_id = excluded.direct_id`,
    [
      orgId,
      stretches.map((one) => one.sessionId),
      stretches.map((one) => one.hour),
      stretches.map((one) => one.steps),
      stretches.map((one) => one.first.at),
      stretches.map((one) => one.first.id),
      stretches.map((one) => one.lastAt),
      stretches.map((one) => one.direct?.at ?? null),
      stretches.map((one) => one.direct?.id ?? null),
    ],
  );
}

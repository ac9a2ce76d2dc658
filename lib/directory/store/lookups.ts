import type { Sql } from '@/lib/db/sql';
import type { DirectoryKind } from '@/lib/kernel/words';

export type WantedName = { readonly kind: DirectoryKind; readonly id: string; readonly at: Date };
export type DueLookUp = WantedName & { readonly attempts: number };

/** Notes ids to be asked for; one already noted keeps its tries, and the latest event that wants it counts. */
export async function wantNames(
  sql: Sql,
  orgId: string,
  wanted: readonly WantedName[],
  now: Date,
): Promise<void> {
  await sql.query(
    `insert into name_lookup as l (org_id, kind, entity_id, wanted_at, next_at, state)
     select $1, kind, id, max(at), $5, 'waiting' from unnest($2::text[], $3::text[], $4::timestamptz[]) as w (kind, id, at) group by kind, id
     on conflict (org_id, kind, entity_id) do update set wanted_at = greatest(l.wanted_at, excluded.wanted_at),
       state = 'waiting', next_at = case when l.state = 'waiting' then l.next_at else excluded.next_at end,
       attempts = case when l.state = 'waiting' then l.attempts else 0 end
     where l.state = 'waiting' or excluded.wanted_at > l.wanted_at`,
    [orgId, wanted.map((w) => w.kind), wanted.map((w) => w.id), wanted.map((w) => w.at), now],
  );
}

export async function loadDue(
  sql: Sql,
  orgId: string,
  now: Date,
  limit: number,
): Promise<readonly DueLookUp[]> {
  const rows = await sql.query<{ kind: DirectoryKind; entity_id: string; wanted_at: Date; attempts: number }>(
    `select kind, entity_id, wanted_at, attempts from name_lookup
     where org_id = $1 and state = 'waiting' and next_at <= $2 order by next_at limit $3`,
    [orgId, now, limit],
  );
  return rows.map((row) => ({
    kind: row.kind,
    id: row.entity_id,
    at: row.wanted_at,
    attempts: row.attempts,
  }));
}

/** Notes how a try ended: `nextAt` null ends the trying. */
export async function noteLookUp(
  sql: Sql,
  orgId: string,
  tried: {
    readonly kind: DirectoryKind;
    readonly id: string;
    readonly now: Date;
    readonly found: boolean;
    readonly because: string | null;
    readonly nextAt: Date | null;
  },
): Promise<void> {
  const state = tried.found ? 'found' : tried.nextAt === null ? 'unresolved' : 'waiting';
  await sql.query(
    `update name_lookup set attempts = attempts + 1, last_asked_at = $4, first_asked_at = coalesce(first_asked_at, $4),
       state = $5, because = $6, next_at = $7
     where org_id = $1 and kind = $2 and entity_id = $3`,
    [orgId, tried.kind, tried.id, tried.now, state, tried.because, tried.nextAt],
  );
}

/** Ids that are asked for or were given up, for people. */
export async function countLookUps(
  sql: Sql,
  orgId: string,
): Promise<{ waiting: number; unresolved: number }> {
  const [row] = await sql.query<{ waiting: number; unresolved: number }>(
    `select count(*) filter (where state = 'waiting') as waiting, count(*) filter (where state = 'unresolved') as unresolved
     from name_lookup where org_id = $1`,
    [orgId],
  );
  return { waiting: row?.waiting ?? 0, unresolved: row?.unresolved ?? 0 };
}

import type { Sql } from '@/lib/db/sql';

/** Notes which sessions took up those that are gone; who was known as something gone follows. */
export async function noteFormer(
  sql: Sql,
  orgId: string,
  noted: { readonly gone: readonly { id: string; successor: string | null }[]; readonly now: Date },
): Promise<void> {
  const taken = noted.gone.filter((one) => one.successor !== null);
  if (taken.length === 0) return;
  const pairs = [taken.map((one) => one.id), taken.map((one) => one.successor)];
  await sql.query(
    `update session_former f set current_id = t.current_id from unnest($2::text[], $3::text[]) as t (former_id, current_id)
     where f.org_id = $1 and f.current_id = t.former_id`,
    [orgId, ...pairs],
  );
  await sql.query(
    `insert into session_former (org_id, former_id, current_id, noted_at)
     select $1, former_id, current_id, $4 from unnest($2::text[], $3::text[]) as t (former_id, current_id)
     on conflict (org_id, former_id) do update set current_id = excluded.current_id, noted_at = excluded.noted_at`,
    [orgId, ...pairs, noted.now],
  );
}

/** An id that is a session's own again is nobody's former one. */
export async function forgetFormer(sql: Sql, orgId: string, liveIds: readonly string[]): Promise<void> {
  if (liveIds.length === 0) return;
  await sql.query('delete from session_former where org_id = $1 and former_id = any ($2::text[])', [
    orgId,
    liveIds,
  ]);
}

/** Ids under which the session was known before. */
export async function formerIdsOf(sql: Sql, orgId: string, id: string): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    'select former_id as id from session_former where org_id = $1 and current_id = $2 order by 1',
    [orgId, id],
  );
  return rows.map((row) => row.id);
}

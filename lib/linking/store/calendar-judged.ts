import type { Sql } from '@/lib/db/sql';

/** Those of the versions whose changes were not judged again yet. */
export async function notJudged(
  sql: Sql,
  orgId: string,
  versionIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (versionIds.length === 0) return new Set();
  const rows = await sql.query<{ id: string }>(
    `select id from unnest($2::text[]) as t (id)
     where not exists (select 1 from calendar_judged j where j.org_id = $1 and j.version_id = t.id)`,
    [orgId, versionIds],
  );
  return new Set(rows.map((row) => row.id));
}

/** Keeps that the changes of these versions were judged. */
export async function markJudged(
  sql: Sql,
  of: { readonly orgId: string; readonly versionIds: readonly string[]; readonly at: Date },
): Promise<void> {
  await sql.query(
    `insert into calendar_judged (org_id, version_id, judged_at) select $1, id, $3 from unnest($2::text[]) as t (id)
     on conflict (org_id, version_id) do update set judged_at = excluded.judged_at`,
    [of.orgId, of.versionIds, of.at],
  );
}

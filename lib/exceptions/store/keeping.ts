import type { Sql } from '@/lib/db/sql';

/** Notes that the exceptions of an organisation were kept up, and what that came to. */
export async function noteKept(
  sql: Sql,
  kept: { readonly orgId: string; readonly now: Date; readonly counts: Readonly<Record<string, number>> },
): Promise<void> {
  await sql.query(
    `insert into exception_keeping (org_id, kept_at, counts) values ($1, $2, $3)
     on conflict (org_id) do update set kept_at = greatest(exception_keeping.kept_at, excluded.kept_at), counts = excluded.counts`,
    [kept.orgId, kept.now, JSON.stringify(kept.counts)],
  );
}

/** The longest ago that any of these organisations was kept up; null where one never was. */
export async function keptSince(sql: Sql, orgIds: readonly string[]): Promise<Date | null> {
  const rows = await sql.query<{ at: Date | null; n: number }>(
    'select min(kept_at) as at, count(*)::int as n from exception_keeping where org_id = any ($1::uuid[])',
    [orgIds],
  );
  return rows[0] !== undefined && rows[0].n === orgIds.length ? rows[0].at : null;
}

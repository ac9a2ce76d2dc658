import type { Sql } from '@/lib/db/sql';

/** A citation that was looked up once and could not be looked up again since. */
export type FailedLookup = { readonly lookedUpAt: Date; readonly because: string };

/** Those of the references whose last attempt failed, by `<system> <reference>`. */
export async function failedLookups(
  sql: Sql,
  orgId: string,
  references: readonly string[],
): Promise<Map<string, FailedLookup>> {
  const rows = await sql.query<{ system: string; key: string; looked_up_at: Date; because: string }>(
    `select system, key, looked_up_at, because from ticket_lookup
     where org_id = $1 and key = any($2) and looked_up_at is not null and because is not null`,
    [orgId, references],
  );
  return new Map(
    rows.map((row) => [`${row.system} ${row.key}`, { lookedUpAt: row.looked_up_at, because: row.because }]),
  );
}

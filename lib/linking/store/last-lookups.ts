import type { Sql } from '@/lib/db/sql';

/** When a citation was last looked up and answered; `because` where it could not be looked up again since. */
export type LastLookup = { readonly lookedUpAt: Date; readonly because: string | null };

/** Those of the references that were ever looked up, by `<system> <reference>`. */
export async function lastLookups(
  sql: Sql,
  orgId: string,
  references: readonly string[],
): Promise<Map<string, LastLookup>> {
  const rows = await sql.query<{ system: string; key: string; looked_up_at: Date; because: string | null }>(
    `select system, key, looked_up_at, because from ticket_lookup
     where org_id = $1 and system in ('jira', 'servicenow', 'git') and key = any($2) and looked_up_at is not null`,
    [orgId, references],
  );
  return new Map(
    rows.map((row) => [`${row.system} ${row.key}`, { lookedUpAt: row.looked_up_at, because: row.because }]),
  );
}

import type { Sql } from '@/lib/db/sql';

/** The session each nested one stands in, by the nested one's id. */
export async function selectParents(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; parent: string }>(
    'select id, parent_id as parent from session where org_id = $1 and id = any($2) and parent_id is not null',
    [orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.parent]));
}

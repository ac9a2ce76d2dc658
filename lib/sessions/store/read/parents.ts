import type { Sql } from '@/lib/db/sql';

/** The bulk task of each session that is a step of one; the others are left out. */
export async function selectParents(
  sql: Sql,
  orgId: string,
  ids: readonly string[],
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; parent_id: string }>(
    'select id, parent_id from session where org_id = $1 and id = any ($2::text[]) and parent_id is not null',
    [orgId, ids],
  );
  return new Map(rows.map((row) => [row.id, row.parent_id]));
}

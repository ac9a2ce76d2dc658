import type { Sql } from '@/lib/db/sql';

export async function loadRenamedSince(sql: Sql, orgId: string, since: Date): Promise<readonly string[]> {
  const rows = await sql.query<{ id: string }>(
    `select distinct entity_id as id from directory_version
     where org_id = $1 and provenance = 'event' and told_by = 'renamed' and received_at >= $2`,
    [orgId, since],
  );
  return rows.map((row) => row.id);
}

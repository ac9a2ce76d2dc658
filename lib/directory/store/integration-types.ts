import type { Sql } from '@/lib/db/sql';

/** Type of each integration as last told, by its id: a tombstone tells none, the version before it does. */
export async function selectIntegrationTypes(sql: Sql, orgId: string): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; type: string }>(
    `select distinct on (v.entity_id) v.entity_id as id, v.body::jsonb #>> '{content,item,integrationType,id}' as type
     from directory_version v
     where v.org_id = $1 and v.kind = 'integration' and coalesce(v.body::jsonb #>> '{content,item,integrationType,id}', '') <> ''
     order by v.entity_id, v.valid_from desc, v.seq desc`,
    [orgId],
  );
  return new Map(rows.map((row) => [row.id, row.type]));
}

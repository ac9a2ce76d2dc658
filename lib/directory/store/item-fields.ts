import type { Sql } from '@/lib/db/sql';

/** Creator of each OAuth client, by client id. */
export function selectClientOwners(sql: Sql, orgId: string): Promise<Map<string, string>> {
  return newestField(sql, { orgId, kind: 'oauth_client', path: '{content,item,createdBy,id}' });
}

/** Type of each integration, by its id. */
export function selectIntegrationTypes(sql: Sql, orgId: string): Promise<Map<string, string>> {
  return newestField(sql, { orgId, kind: 'integration', path: '{content,item,integrationType,id}' });
}

/** The last value told of a member of each item: a tombstone tells none, the version before it does. */
async function newestField(
  sql: Sql,
  of: { orgId: string; kind: string; path: string },
): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; value: string }>(
    `select distinct on (v.entity_id) v.entity_id as id, v.body::jsonb #>> $3::text[] as value
     from directory_version v where v.org_id = $1 and v.kind = $2 and coalesce(v.body::jsonb #>> $3::text[], '') <> ''
     order by v.entity_id, v.valid_from desc, v.seq desc`,
    [of.orgId, of.kind, of.path],
  );
  return new Map(rows.map((row) => [row.id, row.value]));
}

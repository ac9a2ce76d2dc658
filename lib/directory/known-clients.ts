import type { Sql } from '@/lib/db/sql';

/** An OAuth client of an organisation, present or gone. */
export type KnownClient = {
  readonly id: string;
  readonly name: string | null;
  /** `CLIENT-CREDENTIALS`, `CODE` and so on, in upper case with a hyphen; null when unknown. */
  readonly grantType: string | null;
  readonly present: boolean;
  /** Id of the person who made it, as its newest version tells; null when unknown. */
  readonly createdBy: string | null;
};

/** Every OAuth client ever seen, by id, to tell automation from people; deleted ones still acted in their day. */
export async function knownClients(sql: Sql, orgId: string): Promise<ReadonlyMap<string, KnownClient>> {
  const rows = await sql.query<{
    id: string;
    name: string | null;
    grant_type: string | null;
    state: string;
    created_by: string | null;
  }>(
    `select h.entity_id as id, h.name, h.state, v.body::jsonb #>> '{content,item,authorizedGrantType}' as grant_type,
       nullif(v.body::jsonb #>> '{content,item,createdBy,id}', '') as created_by
     from directory_head h
     join directory_version v on v.org_id = h.org_id and v.kind = h.kind and v.entity_id = h.entity_id
       and v.valid_from = h.valid_from and v.seq = h.seq
     where h.org_id = $1 and h.kind = 'oauth_client'`,
    [orgId],
  );
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        name: row.name,
        grantType: row.grant_type?.toUpperCase().replaceAll('_', '-') ?? null,
        present: row.state === 'present',
        createdBy: row.created_by,
      },
    ]),
  );
}

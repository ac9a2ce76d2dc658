import type { Sql } from '@/lib/db/sql';

export type Organization = {
  readonly id: string;
  readonly name: string;
  readonly domain: string | null;
  readonly region: string;
  readonly connectedAt: Date;
  readonly state: 'active' | 'paused';
};

const COLUMNS = 'org_id as id, name, domain, region, connected_at as "connectedAt", state';

export async function findOrganization(sql: Sql, id: string): Promise<Organization | null> {
  const rows = await sql.query<Organization>(`select ${COLUMNS} from org where org_id = $1`, [id]);
  return rows[0] ?? null;
}

export async function listOrganizations(sql: Sql): Promise<Organization[]> {
  return sql.query<Organization>(`select ${COLUMNS} from org order by lower(name), org_id limit 1000`);
}

export async function upsertOrganization(
  sql: Sql,
  org: { id: string; name: string; domain: string | null; region: string; now: Date },
): Promise<void> {
  await sql.query(
    `insert into org (org_id, name, domain, region, connected_at) values ($1, $2, $3, $4, $5)
     on conflict (org_id) do update set name = excluded.name, domain = excluded.domain, region = excluded.region`,
    [org.id, org.name, org.domain, org.region, org.now],
  );
}

export async function setOrganizationState(sql: Sql, change: { id: string; state: string }): Promise<void> {
  await sql.query('update org set state = $2 where org_id = $1', [change.id, change.state]);
}

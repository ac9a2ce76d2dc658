import type { Sql } from '@/lib/db/sql';

export type SourceState = 'active' | 'paused';

export type SourceRow = {
  readonly id: string;
  readonly orgId: string | null;
  readonly kind: string;
  readonly name: string;
  readonly state: SourceState;
  readonly config: unknown;
  /** Secret field -> instant (ISO) it was last set. */
  readonly secretsSet: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

const COLUMNS = `id, org_id as "orgId", kind, name, state, config, secrets_set as "secretsSet", created_at as "createdAt", updated_at as "updatedAt"`;

export async function putSourceRow(sql: Sql, source: SourceRow): Promise<void> {
  await sql.query(
    `insert into source (id, org_id, kind, name, state, config, secrets_set, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (id) do update set org_id = excluded.org_id, name = excluded.name, state = excluded.state,
       config = excluded.config, secrets_set = excluded.secrets_set, updated_at = excluded.updated_at`,
    [
      source.id,
      source.orgId,
      source.kind,
      source.name,
      source.state,
      JSON.stringify(source.config),
      JSON.stringify(source.secretsSet),
      source.createdAt,
      source.updatedAt,
    ],
  );
}

export async function findSource(sql: Sql, id: string, lock = false): Promise<SourceRow | null> {
  const rows = await sql.query<SourceRow>(
    `select ${COLUMNS} from source where id = $1 ${lock ? 'for update' : ''}`,
    [id],
  );
  return rows[0] ?? null;
}

export async function listSourceRows(sql: Sql): Promise<SourceRow[]> {
  return sql.query<SourceRow>(`select ${COLUMNS} from source order by kind, created_at, id limit 1000`);
}

export async function deleteSourceRow(sql: Sql, id: string): Promise<void> {
  await sql.query('delete from source where id = $1', [id]);
}

/** Notes which organisation a source turned out to belong to; once known it stays. */
export async function setSourceOrg(sql: Sql, source: { id: string; orgId: string }): Promise<void> {
  await sql.query('update source set org_id = $2 where id = $1 and org_id is null', [
    source.id,
    source.orgId,
  ]);
}

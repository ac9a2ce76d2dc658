import type { Declaration } from '@/lib/connectors/model/declared-objects';
import type { Sql } from '@/lib/db/sql';
import type { RepositoryDeclaration } from '../../model/loop/declared';

const COLUMNS = `repository, path, resource_type as "resourceType", label, entity_types as "entityTypes", names, ids,
  since_hash as "sinceHash", since_at as "sinceAt", until_hash as "untilHash", until_at as "untilAt"`;

/** Everything that repositories of the organisation declare or declared. */
export function readDeclared(sql: Sql, orgId: string): Promise<RepositoryDeclaration[]> {
  return sql.query<RepositoryDeclaration>(`select ${COLUMNS} from declared_object where org_id = $1`, [
    orgId,
  ]);
}

/** What repositories declare or declared of blocks that one object may be: by its id, its names, or a label of its type. */
export function readDeclaredOf(
  sql: Sql,
  orgId: string,
  target: { entityId: string | null; entityType: string; entityNames: readonly string[] },
): Promise<RepositoryDeclaration[]> {
  return sql.query<RepositoryDeclaration>(
    `select ${COLUMNS} from declared_object where org_id = $1 and (repository, resource_type, label) in (
       select repository, resource_type, label from declared_object
       where org_id = $1 and (lower($2) = any (ids) or names && $3::text[] or (names = '{}' and $4 = any (entity_types))))`,
    [orgId, target.entityId, target.entityNames, target.entityType],
  );
}

/** What one repository declares as of the commit read last. */
export function readOpen(sql: Sql, orgId: string, repository: string): Promise<RepositoryDeclaration[]> {
  return sql.query<RepositoryDeclaration>(
    `select ${COLUMNS} from declared_object where org_id = $1 and repository = $2 and until_at is null`,
    [orgId, repository],
  );
}

/** Forgets what a repository declared, to read it anew. */
export async function forgetDeclared(sql: Sql, orgId: string, repository: string): Promise<void> {
  await sql.query('delete from declared_object where org_id = $1 and repository = $2', [orgId, repository]);
}

/** Writes declarations that began or ended. */
export async function putDeclared(
  sql: Sql,
  kept: { orgId: string; repository: string; rows: readonly Declaration[] },
): Promise<void> {
  const { orgId, repository, rows } = kept;
  if (rows.length === 0) return;
  await sql.query(
    `insert into declared_object (org_id, repository, path, resource_type, label, since_hash, since_at, until_hash, until_at, entity_types, names, ids)
     select $1, $2, path, resource_type, label, since_hash, since_at, until_hash, until_at,
       array(select jsonb_array_elements_text(entity_types)), array(select jsonb_array_elements_text(names)), array(select jsonb_array_elements_text(ids))
     from unnest($3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[], $9::timestamptz[], $10::jsonb[], $11::jsonb[], $12::jsonb[])
       as t (path, resource_type, label, since_hash, since_at, until_hash, until_at, entity_types, names, ids)
     on conflict (org_id, repository, path, resource_type, label, since_hash)
       do update set until_hash = excluded.until_hash, until_at = excluded.until_at`,
    [
      orgId,
      repository,
      rows.map((row) => row.path),
      rows.map((row) => row.resourceType),
      rows.map((row) => row.label),
      rows.map((row) => row.sinceHash),
      rows.map((row) => row.sinceAt),
      rows.map((row) => row.untilHash),
      rows.map((row) => row.untilAt),
      rows.map((row) => JSON.stringify(row.entityTypes)),
      rows.map((row) => JSON.stringify(row.names)),
      rows.map((row) => JSON.stringify(row.ids)),
    ],
  );
}

/** Up to which commit a repository was read, when, and why not since. */
export type RepositoryReading = {
  readonly repository: string;
  readonly head: string | null;
  readonly readAt: Date | null;
  readonly failedAt: Date | null;
  readonly because: string | null;
};

/** The readings of all repositories that were ever configured. */
export function readReadings(sql: Sql, orgId: string): Promise<RepositoryReading[]> {
  return sql.query<RepositoryReading>(
    `select repository, head, read_at as "readAt", failed_at as "failedAt", because from repository_reading where org_id = $1 order by repository`,
    [orgId],
  );
}

/** Notes how far a repository was read. */
export async function noteReading(
  sql: Sql,
  orgId: string,
  read: { repository: string; head: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into repository_reading (org_id, repository, head, read_at) values ($1, $2, $3, $4)
     on conflict (org_id, repository) do update set head = excluded.head, read_at = excluded.read_at, failed_at = null, because = null`,
    [orgId, read.repository, read.head, read.at],
  );
}

/** Notes that a repository could not be read; up to where it was read before stays. */
export async function noteFailedReading(
  sql: Sql,
  orgId: string,
  failed: { repository: string; because: string; at: Date },
): Promise<void> {
  await sql.query(
    `insert into repository_reading as r (org_id, repository, failed_at, because) values ($1, $2, $3, $4)
     on conflict (org_id, repository) do update set failed_at = coalesce(r.failed_at, excluded.failed_at), because = excluded.because`,
    [orgId, failed.repository, failed.at, failed.because],
  );
}

/** Drops what repositories that are configured no longer declared. */
export async function dropOthers(sql: Sql, orgId: string, configured: readonly string[]): Promise<void> {
  await sql.query('delete from declared_object where org_id = $1 and not repository = any ($2)', [
    orgId,
    configured,
  ]);
  await sql.query('delete from repository_reading where org_id = $1 and not repository = any ($2)', [
    orgId,
    configured,
  ]);
}

/** Waits for any other reading of the organisation's repositories to commit. Within a transaction. */
export async function lockDeclared(sql: Sql, orgId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('tallystick.declared:' || $1, 0))`, [orgId]);
}

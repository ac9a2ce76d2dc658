import type { Sql } from '@/lib/db/sql';
import type { Role } from '@/lib/kernel/words';

export type ApiKey = {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly orgScope: readonly string[] | null;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const COLUMNS = `id, name, role, org_scope::text[] as "orgScope", created_at as "createdAt", created_by as "createdBy",
  expires_at as "expiresAt", revoked_at as "revokedAt", last_used_at as "lastUsedAt"`;

export async function insertKey(sql: Sql, key: ApiKey, hash: Buffer): Promise<void> {
  await sql.query(
    `insert into api_key (id, name, role, org_scope, created_at, created_by, expires_at)
     values ($1, $2, $3, $4::text[]::uuid[], $5, $6, $7)`,
    [key.id, key.name, key.role, key.orgScope, key.createdAt, key.createdBy, key.expiresAt],
  );
  await sql.query('insert into api_key_secret (key_id, hash) values ($1, $2)', [key.id, hash]);
}

/** Revokes a key for ever: its secret's hash goes, the row stays. Null when there is no such key in force. */
export async function revokeKeyRow(sql: Sql, id: string, now: Date): Promise<ApiKey | null> {
  const [key] = await sql.query<ApiKey>(
    `update api_key set revoked_at = $2 where id = $1 and revoked_at is null returning ${COLUMNS}`,
    [id, now],
  );
  if (key) await sql.query('delete from api_key_secret where key_id = $1', [id]);
  return key ?? null;
}

export async function listKeys(sql: Sql): Promise<ApiKey[]> {
  return sql.query<ApiKey>(`select ${COLUMNS} from api_key order by created_at desc, id desc limit 1000`);
}

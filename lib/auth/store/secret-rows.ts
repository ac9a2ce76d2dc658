import type { Sql } from '@/lib/db/sql';

export type SecretRow = {
  readonly version: number;
  readonly kekId: string;
  readonly wrappedDek: Buffer;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
};

export type SecretName = { readonly orgId: string | null; readonly name: string };

/** The newest version; only one is kept. */
export async function findSecret(sql: Sql, { orgId, name }: SecretName): Promise<SecretRow | null> {
  const rows = await sql.query<SecretRow>(
    `select version, kek_id as "kekId", wrapped_dek as "wrappedDek", nonce, ciphertext from secret
     where org_id is not distinct from $1::uuid and name = $2 order by version desc limit 1`,
    [orgId, name],
  );
  return rows[0] ?? null;
}

/** Stores a version and forgets the ones before it: an old credential is of no use to us, only to a thief. */
export async function replaceSecret(
  sql: Sql,
  secret: SecretName & SecretRow & { readonly id: string; readonly now: Date },
): Promise<void> {
  await sql.query(
    `insert into secret (id, org_id, name, version, kek_id, wrapped_dek, nonce, ciphertext, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      secret.id,
      secret.orgId,
      secret.name,
      secret.version,
      secret.kekId,
      secret.wrappedDek,
      secret.nonce,
      secret.ciphertext,
      secret.now,
    ],
  );
  await sql.query(
    'delete from secret where org_id is not distinct from $1::uuid and name = $2 and version < $3',
    [secret.orgId, secret.name, secret.version],
  );
}

export async function deleteSecrets(sql: Sql, of: { readonly prefix: string }): Promise<void> {
  await sql.query('delete from secret where starts_with(name, $1)', [of.prefix]);
}

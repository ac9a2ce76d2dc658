import type { Sql } from '@/lib/db/sql';
import { canonicalJson } from '@/lib/kernel/canonical-json';
import { sealable } from '@/lib/kernel/hash';
import { toIsoMs } from '@/lib/kernel/instant';

/** Kind of the attachments' leaves in the ledger. */
export const ATTACHMENT_LEAF_KIND = 'exception_attachment';

export type Attachment = {
  readonly id: string;
  readonly orgId: string;
  readonly exceptionId: string;
  readonly at: Date;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** Hex. */
  readonly sha256: string;
  readonly vaultKey: string;
  readonly by: { readonly id: string | null; readonly name: string };
};

export async function insertAttachment(sql: Sql, one: Attachment): Promise<void> {
  const body = canonicalJson({ ...one, at: toIsoMs(one.at) });
  const leaf = sealable({
    kind: ATTACHMENT_LEAF_KIND,
    orgId: one.orgId,
    factId: one.id,
    receivedAt: one.at,
    bytes: body,
  });
  await sql.query(
    `insert into exception_attachment (id, org_id, exception_id, at, name, media_type, bytes, sha256, vault_key, actor_id, actor_name,
       body, received_at, salt, leaf_hash)
     values ($1, $2, $3, $4, $5, $6, $7, decode($8, 'hex'), $9, $10, $11, $12, $4, $13, $14)`,
    [
      one.id,
      one.orgId,
      one.exceptionId,
      one.at,
      one.name,
      one.mediaType,
      one.bytes,
      one.sha256,
      one.vaultKey,
      one.by.id,
      one.by.name,
      body,
      leaf.salt,
      leaf.leafHash,
    ],
  );
}

/** The files of an exception, oldest first. */
export async function selectAttachments(
  sql: Sql,
  of: { readonly orgIds: readonly string[]; readonly exceptionId: string },
): Promise<Attachment[]> {
  const rows = await sql.query<Omit<Attachment, 'by'> & { by_id: string | null; by_name: string }>(
    `select id, org_id::text as "orgId", exception_id as "exceptionId", at, name, media_type as "mediaType", bytes,
       encode(sha256, 'hex') as sha256, vault_key as "vaultKey", actor_id as by_id, actor_name as by_name
     from exception_attachment where org_id = any ($1::uuid[]) and exception_id = $2 order by at, id`,
    [of.orgIds, of.exceptionId],
  );
  return rows.map(({ by_id, by_name, ...row }) => ({ ...row, by: { id: by_id, name: by_name } }));
}
